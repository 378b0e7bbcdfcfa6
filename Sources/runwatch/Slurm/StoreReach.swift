import HTTPTransport
import RunServices

/// Whether a node can keep a run where the person keeps runs.
struct StoreReach {
    let place: ServiceLocation.Place
    /// Replaced in tests, which have no such file systems.
    var kind: (String) -> FileSystemKind = FileSystemKind.init(of:)

    private static let advice = "start `runwatch serve` on a machine that the nodes reach, and give its address"

    /// A sentence about what may go wrong; nil for nothing. Throws `unsupported` for what would go wrong.
    /// - Parameter isHere: all nodes are this host.
    func remark(isHere: Bool) throws(RunServiceError) -> String? {
        if isHere { return nil }
        switch place {
        // Event files and jobs take no runs, as the service itself says.
        case .azureML, .tensorBoard, .slurm: return nil
        case .mlflow(.server(let uri)):
            guard (try? HTTPAddress(uri))?.isLoopback == true else { return nil }
            throw RunServiceError(
                .unsupported,
                "\(place.text) is an address of this host alone, and the job may run on another; \(Self.advice).")
        case .embedded(let directory):
            guard case .shared(let name, _) = kind(directory) else { return remarkOnLocal(directory) }
            // Its readers and writers share memory, which needs one machine.
            throw RunServiceError(
                .unsupported,
                "\(Shown.path(directory)) is on \(name), and machines cannot share an embedded store; \(Self.advice).")
        case .mlflow(.database(let path)), .mlflow(.files(let path)):
            switch kind(path) {
            case .local: return remarkOnLocal(path)
            case .shared(_, hasLocks: true): return nil
            case .shared(let name, hasLocks: false):
                throw RunServiceError(
                    .unsupported,
                    "\(Shown.path(path)) is on \(name) without locks that other machines see, so that a node and this host "
                        + "would spoil it; \(Self.advice).")
            }
        }
    }

    /// Why a node must not open an embedded store that it finds: where it was submitted the store may have looked like that
    /// machine's own, as on the one that exports it. Nil when it may.
    func refusal(onNode host: String, submittedOn submitter: String?) -> RunServiceError? {
        func bare(_ name: String) -> Substring { name.prefix { $0 != "." } }
        guard case .embedded(let directory) = place, case .shared(let name, _) = kind(directory),
            submitter.map({ bare($0) == bare(host) }) != true
        else { return nil }
        return RunServiceError(
            .unsupported,
            "\(Shown.path(directory)) is on \(name), and machines cannot share an embedded store; \(Self.advice).")
    }

    private func remarkOnLocal(_ path: String) -> String {
        "\(Shown.path(path)) is on a disk of this host; on a node that does not have the same files there the job ends at once. "
            + "`runwatch serve` is for that."
    }
}

extension ServiceLocation.Place {
    fileprivate var text: String {
        if case .mlflow(let location) = self { return location.name }
        return "The run service"
    }
}
