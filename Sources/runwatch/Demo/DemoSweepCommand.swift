import ArgumentParser
import Glibc
import RunModel
import RunServices

/// A run of the demo that is made of other runs: it starts them two at a time and marks the best.
struct DemoSweepCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "demo-sweep", shouldDisplay: false)

    enum Kind: String, ExpressibleByArgument {
        /// One training per learning rate.
        case rates
        /// A training and a cross-validation.
        case children
        /// Trainings that differ by seed.
        case folds
    }

    private static let width = 2

    @Argument var kind: Kind
    @Option(name: .long) var seed = 1
    /// Milliseconds between the epochs of a rate's training.
    @Option(name: .long) var pause = 400
    @OptionGroup var service: ServiceOptions

    func run() async throws {
        var waiting = children[...]
        var running: [Int32: String] = [:]
        let directory = try service.location().environmentText
        while !waiting.isEmpty || !running.isEmpty {
            while running.count < Self.width, let next = waiting.popFirst() {
                running[try next.start(in: directory).pid] = next.name
                Console.say("started  \(next.name)")
            }
            var status: Int32 = 0
            let ended = wait(&status)
            guard ended > 0 || errno == EINTR else { break }
            if let name = running.removeValue(forKey: ended) {
                Console.say("ended    \(name), status \(OwnBinary.shellStatus(status))")
            }
        }
        try await markBest()
    }

    private var children: [DemoRun] {
        switch kind {
        case .rates:
            return [0.3, 0.1, 0.03, 0.01].map {
                .training("lr=\($0)", learningRate: $0, epochs: 40, pause: pause, seed: seed, tags: ["sweep=\(seed)"])
            }
        case .children:
            let crossValidation = DemoRun(
                name: "child 1", command: ["demo-sweep", "folds", "--seed", String(seed)])
            return [.training("child 0", data: "spirals", hidden: 12, epochs: 60, seed: seed), crossValidation]
        case .folds:
            return (0..<3).map { .training("fold \($0)", data: "spirals", hidden: 12, epochs: 45, seed: seed + $0) }
        }
    }

    private func markBest() async throws {
        guard let id = Environment.value("RUNWATCH_RUN_ID") else { return }
        let store = try await service.open()
        let scored = try await store.children(of: RunID(id), recursive: false, matching: nil).compactMap { run in
            run.metrics.value(forKey: "val_loss")?.value.number.map { (run, $0) }
        }
        guard let best = scored.min(by: { $0.1 < $1.1 }) else { return }
        try await store.editTags([.set(key: "quality", value: "great run")], of: best.0.id)
        try await store.logMetrics([MetricEntry(key: "val_loss", value: .number(best.1))], to: RunID(id))
        Console.say("best     \(best.0.name), validation loss \(DemoTrainCommand.text(best.1))")
    }
}
