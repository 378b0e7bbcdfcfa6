package import RunModel

extension RemoteCall {
    /// Of `inspect`.
    package struct Inspection: Codable, Sendable {
        /// Runs.
        package var ids: [RunID]
        /// Whether descendants that are not over are told of too.
        package var activeDescendants: Bool

        /// What the service is called with.
        package init(ids: [RunID], activeDescendants: Bool) {
            self.ids = ids
            self.activeDescendants = activeDescendants
        }
    }

    /// Of `metricSeries`.
    package struct Samples: Codable, Sendable {
        /// Series.
        package var keys: [MetricSeriesKey]
        /// Of each at most.
        package var maxPoints: Int

        /// What the service is called with.
        package init(keys: [MetricSeriesKey], maxPoints: Int) {
            self.keys = keys
            self.maxPoints = maxPoints
        }
    }

    /// Of `changes`.
    package struct ChangeQuestion: Codable, Sendable {
        /// What is asked about.
        package var scope: RunScope
        /// Since when.
        package var cursor: ChangeCursor?
        /// Of a full read.
        package var pageSize: Int

        /// What the service is called with.
        package init(scope: RunScope, cursor: ChangeCursor?, pageSize: Int) {
            self.scope = scope
            self.cursor = cursor
            self.pageSize = pageSize
        }
    }

    /// Of `edit`.
    package struct Editing: Codable, Sendable {
        /// The run.
        package var id: RunID
        /// What changes.
        package var edit: RunEdit

        /// What the service is called with.
        package init(id: RunID, edit: RunEdit) {
            self.id = id
            self.edit = edit
        }
    }

    /// Of `cancel`.
    package struct Cancelling: Codable, Sendable {
        /// The run.
        package var id: RunID
        /// Whether those below it are cancelled first.
        package var includingDescendants: Bool

        /// What the service is called with.
        package init(id: RunID, includingDescendants: Bool) {
            self.id = id
            self.includingDescendants = includingDescendants
        }
    }

    /// Of `artifacts`.
    package struct Folder: Codable, Sendable {
        /// The top when nil.
        package var folder: String?
        /// The run.
        package var id: RunID
        /// Of the page before.
        package var next: PageToken?

        /// What the service is called with.
        package init(folder: String?, id: RunID, next: PageToken?) {
            self.folder = folder
            self.id = id
            self.next = next
        }
    }

    /// Of `attach`.
    package struct Attachment: Codable, Sendable {
        /// The new owner.
        package var supervisor: Supervisor
        /// The run.
        package var id: RunID

        /// What the service is called with.
        package init(supervisor: Supervisor, id: RunID) {
            self.supervisor = supervisor
            self.id = id
        }
    }

    /// Of `detach`.
    package struct Detachment: Codable, Sendable {
        /// The run.
        package var id: RunID
        /// How the command ended.
        package var exit: CommandExit?
        /// The step that follows from it.
        package var transition: Transition

        /// What the service is called with.
        package init(id: RunID, exit: CommandExit?, transition: Transition) {
            self.id = id
            self.exit = exit
            self.transition = transition
        }
    }

    /// Of `readLog`.
    package struct Reading: Codable, Sendable {
        /// The log.
        package var name: String
        /// The run.
        package var id: RunID
        /// From here on.
        package var offset: Int64
        /// Bytes at most.
        package var length: Int

        /// What the service is called with.
        package init(name: String, id: RunID, offset: Int64, length: Int) {
            self.name = name
            self.id = id
            self.offset = offset
            self.length = length
        }
    }

    /// Of `appendLog`.
    package struct Appending: Codable, Sendable {
        /// What is appended.
        package var bytes: RemoteBytes
        /// The log.
        package var name: String
        /// The run.
        package var id: RunID

        /// What the service is called with.
        package init(bytes: RemoteBytes, name: String, id: RunID) {
            self.bytes = bytes
            self.name = name
            self.id = id
        }
    }

    /// Of `publishLogs`.
    package struct Publishing: Codable, Sendable {
        /// The run.
        package var id: RunID
        /// Whether nothing more comes.
        package var isFinal: Bool

        /// What the service is called with.
        package init(id: RunID, isFinal: Bool) {
            self.id = id
            self.isFinal = isFinal
        }
    }

    /// Answers `readLog`.
    package struct Piece: Codable, Sendable {
        /// Where it begins.
        package var offset: Int64
        /// As they are in the log.
        package var bytes: RemoteBytes
        /// Of the whole log.
        package var size: Int64

        /// What the service is called with.
        package init(offset: Int64, bytes: RemoteBytes, size: Int64) {
            self.offset = offset
            self.bytes = bytes
            self.size = size
        }
    }
}
