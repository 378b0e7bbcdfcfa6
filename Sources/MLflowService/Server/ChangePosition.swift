import RunModel
import RunServices

/// What a cursor of this service says: whose it is, about what, how far, and where a full read goes on.
struct ChangePosition {
    var identity: UInt64
    var scope: RunScope
    var version: Int
    /// The server's page token; nil once everything was read.
    var pageToken: String?

    var cursor: ChangeCursor {
        // The dot shows that nothing was cut off or added.
        ChangeCursor("mlflow|\(String(identity, radix: 16))|\(scope.key)|\(version)|\(pageToken ?? "")|.")
    }

    init(identity: UInt64, scope: RunScope, version: Int, pageToken: String?) {
        self.identity = identity
        self.scope = scope
        self.version = version
        self.pageToken = pageToken?.isEmpty == true ? nil : pageToken
    }

    /// Throws `invalid` for a cursor that is not of this service and scope.
    init(_ cursor: ChangeCursor, identity: UInt64, scope: RunScope) throws(RunServiceError) {
        let fields = cursor.text.split(separator: "|", maxSplits: 4, omittingEmptySubsequences: false)
        guard fields.count == 5, fields[0] == "mlflow", fields[1] == String(identity, radix: 16),
            fields[2] == scope.key, let version = Int(fields[3]), fields[4].hasSuffix("|.")
        else {
            throw RunServiceError(
                .invalid, "This place in the changes is not known any more; everything is read again.")
        }
        self.init(
            identity: identity, scope: scope, version: version, pageToken: String(fields[4].dropLast(2)))
    }
}

extension RunScope {
    /// A text that tells scopes apart.
    var key: String {
        switch self {
        case .all: "*"
        case .experiment(let id): id.text.split(separator: "|").joined(separator: "/")
        }
    }

    func contains(_ experiment: ExperimentID) -> Bool {
        switch self {
        case .all: true
        case .experiment(let id): id == experiment
        }
    }
}
