package import RunModel
package import RunServices

/// A command to be run, and the run that it becomes.
package struct ExecutionRequest: Sendable {
    /// The command and its arguments, byte for byte; not empty.
    package var command: [[UInt8]]
    /// The run to be created.
    package var draft: RunDraft
    /// The run that was created already, in the place of `draft`; nil for one to be created.
    package var existingRun: RunID?
    /// Where this process runs, where that may end it; nil for where signals come from people.
    package var place: (any Place)?
    /// What the command's environment has besides this process's and what the run service asks for; nil takes away.
    package var environment: [String: String?]
    /// What a cancel does to the command.
    package var stop: StopTerms
    /// Whether the command shares this process's standard input and its output is shown here too.
    package var isAttached: Bool
    /// Whether the run ends with the command's first process, and what that leaves in the background goes on alone.
    package var leavesBackground = false
    /// Whether the command gets a terminal of its own.
    package var terminal = TerminalChoice.automatic
    /// What the command finds as this process found it.
    package var inheritance = Inheritance.none
    /// Whether this process does nothing else: it then takes all orphans of the command for its children, and knows
    /// when the last is gone.
    package var adoptsOrphans = false
    /// Keeps reading output of processes left in the background after this process has ended; takes the sources over.
    package var keepOutput: (@Sendable (Run, [OutputSource]) -> Void)?
    /// How what the command uses is looked at; nil for not at all.
    package var usage: UsageSampling?
    /// The queue that it waits in; nil starts it at once.
    package var queue: QueueRequest?
    /// Where the kernel tells of memory.
    package var kernel = KernelPlaces.standard
    /// Milliseconds for which the end of the command is offered to a run service that does not take it.
    package var recordingPatience: Int64

    /// Milliseconds: enough to write a checkpoint, short enough to wait for.
    package static let defaultGrace = StopTerms().grace

    /// An attached command shares the terminal, and the end of a detached one is offered for longer.
    package init(
        command: [String], draft: RunDraft, environment: [String: String?] = [:],
        grace: Int64 = ExecutionRequest.defaultGrace, isAttached: Bool = true
    ) {
        self.init(
            command: command.map { Array($0.utf8) }, draft: draft, environment: environment, grace: grace,
            isAttached: isAttached)
    }

    /// As above, for words that need not be UTF-8.
    package init(
        command: [[UInt8]], draft: RunDraft, environment: [String: String?] = [:],
        grace: Int64 = ExecutionRequest.defaultGrace, isAttached: Bool = true
    ) {
        self.command = command
        self.draft = draft
        self.environment = environment
        stop = StopTerms(grace: grace)
        self.isAttached = isAttached
        // No person waits for a detached one, so it outlasts the restart of a server.
        recordingPatience = isAttached ? 60_000 : 600_000
    }
}

/// How it went.
package struct ExecutionOutcome: Sendable, Equatable {
    /// The run that the command became.
    package var run: RunID
    /// Nil when the command could not be started.
    package var exit: CommandExit?
    /// What to exit with in the command's place.
    package var shellStatus: Int32
    /// Sentences for the person at the terminal: why nothing started, what could not be recorded.
    package var notes: [String]
}
