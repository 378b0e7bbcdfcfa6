import RunModel
package import RunServices

/// What a cursor of a polled service says: whose it is, about what, how far, and where a full read goes on.
package struct ReplicaPosition {
    /// The replica that gave it out.
    package var identity: String
    /// What it is about.
    package var scope: RunScope
    /// How far in the replica's changes.
    package var version: Int64
    /// The server's page token; nil once everything was read.
    package var token: String?
    /// Of the full read.
    package var progress = Pages.Progress()

    /// As it is handed out.
    package var cursor: ChangeCursor {
        let numbers = [progress.pages, progress.items, progress.empty].map(String.init).joined(separator: ",")
        return CursorFields(
            identity: identity, scope: scope,
            values: ["\(version)", token ?? "", token == nil ? "" : numbers, token == nil ? "" : progress.landmark]
        ).cursor
    }

    /// A place in a full read, or after it where `token` is nil.
    package init(identity: String, scope: RunScope, version: Int64, token: String?, _ progress: Pages.Progress) {
        self.identity = identity
        self.scope = scope
        self.version = version
        self.token = token?.isEmpty == true ? nil : token
        self.progress = progress
    }

    /// Throws `invalid` for a cursor that is not of this service and scope.
    package init(_ cursor: ChangeCursor, identity: String, scope: RunScope) throws(RunServiceError) {
        guard let fields = CursorFields(cursor, count: 4), fields.identity == identity, fields.scope == scope,
            let version = Int64(fields.values[0])
        else {
            throw RunServiceError(
                .invalid, "This place in the changes is not known any more; everything is read again.")
        }
        let numbers = fields.values[2].split(separator: ",").map { Int($0) ?? 0 }
        var progress = Pages.Progress()
        if numbers.count == 3 {
            (progress.pages, progress.items, progress.empty) = (numbers[0], numbers[1], numbers[2])
            progress.landmark = fields.values[3]
        }
        self.init(identity: identity, scope: scope, version: version, token: fields.values[1], progress)
    }
}
