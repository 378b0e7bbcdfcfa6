import GRDB
package import RunModel
package import RunServices
import SQLiteStatements

extension LocalStore {
    @discardableResult
    package func apply(
        _ transition: Transition, to id: RunID, onBehalfOf origin: TransitionOrigin
    ) async throws(RunServiceError) -> Run {
        try requireWriting()
        let now = clock()
        return try await connections.write { db in
            let key = try db.key(of: id)
            try db.apply(transition, to: key, onBehalfOf: origin, at: now)
            return try db.run(key)
        }
    }

    @discardableResult
    package func cancel(_ id: RunID, includingDescendants: Bool) async throws(RunServiceError) -> [Run] {
        try requireWriting()
        let now = clock()
        let (changed, hasOrphan) = try await connections.write { db in
            let key = try db.key(of: id)
            let below = includingDescendants ? try db.descendants(of: key).reversed() : []
            var (changed, hasOrphan): ([Int64], Bool) = ([], false)
            for candidate in below + [key] where try !db.status(of: candidate).isTerminal {
                let outcome = try db.cancel(candidate, at: now)
                if outcome != .unchanged { changed.append(candidate) }
                if outcome == .orphaned { hasOrphan = true }
            }
            let status = try db.status(of: key)
            if changed.isEmpty && status.isTerminal {
                throw RunServiceError(.conflict, "The run is \(status.word), so it cannot be canceled.")
            }
            return (try RunPage.read(.keys(changed), from: db).runs, hasOrphan)
        }
        if hasOrphan { try await sweep() }
        return changed
    }

    /// Throws what `capabilities` says when this instance cannot write (contract clause 13).
    func requireWriting() throws(RunServiceError) {
        if let reason = capabilities.changeStatus.reason { throw RunServiceError(.unsupported, reason) }
    }
}

private enum CancelOutcome {
    case canceled
    /// A supervisor will obey.
    case requested
    /// Nobody will obey but the next sweep.
    case orphaned
    case unchanged
}

extension Database {
    fileprivate func cancel(_ key: Int64, at now: Timestamp) throws -> CancelOutcome {
        let isRequested = try status(of: key) == .cancelRequested
        if let supervision = try supervision(of: key), supervision.isAttached {
            if supervision.isLive(at: now) {
                if isRequested { return .unchanged }
                try setStatus(.cancelRequested, of: key)
                return .requested
            }
            if supervision.isHere, let command = supervision.supervisor.command, command.isGroupAlive == true {
                if isRequested { return .unchanged }
                try setStatus(.cancelRequested, of: key)
                return .orphaned
            }
            try detachSupervisor(of: key)
        }
        try setStatus(.canceled, of: key, endedAt: now)
        return .canceled
    }
}
