import FileAccess
package import RunServices

/// The queues of this user on this host, for screens and listings.
package struct HostQueues: QueueKeeper {
    private let directory: QueueDirectory

    /// Those in `directory`; by default this host's.
    package init(_ directory: QueueDirectory = .standard) { self.directory = directory }

    /// Reads some small files; throws where one that is there cannot be read.
    package func queues(beside service: any RunService) async throws(RunServiceError) -> [RunQueue] {
        try await queues(of: (service as? any SupervisedRunService)?.address)
    }

    /// The same, where only the service's address is known.
    package func queues(of address: String?) async throws(RunServiceError) -> [RunQueue] {
        let directory = directory
        return try await BlockingCall.run { () throws(RunServiceError) in
            let own = address.map(ServiceAddress.init)
            // Few addresses, many places: each is resolved once.
            var known: [String: Bool] = [:]
            return try directory.read().queues { other in
                if let answer = known[other] { return answer }
                let answer = own != nil && (other == address || ServiceAddress(other) == own)
                known[other] = answer
                return answer
            }
        }
    }

    /// As `QueueKeeper` says; a new number of slots makes a queue that is not there yet.
    package func change(_ change: QueueChange) async throws(RunServiceError) {
        let directory = directory
        try await BlockingCall.run { () throws(RunServiceError) in
            switch change {
            case .move(let entry, let distance): try directory.move(entry, by: distance)
            case .forget(let entry): try directory.forget(entry)
            case .resize(let queue, let slots):
                guard RunQueue.isName(queue) else { throw Self.oddName(queue) }
                guard (0...RunQueue.mostSlots).contains(slots) else {
                    throw RunServiceError(.invalid, "A queue has 0 to \(RunQueue.mostSlots) slots.")
                }
                try directory.resize(queue, slots: slots)
            }
        }
    }

    /// What is said of a name that no queue can have.
    package static func oddName(_ name: String) -> RunServiceError {
        RunServiceError(
            .invalid,
            "“\(Shown.text(name))” cannot be a queue's name: 1 to 64 letters, digits, dots, dashes and underscores.")
    }
}
