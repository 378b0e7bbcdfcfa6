import ArgumentParser
import DemoTraining
import Glibc
import RunModel
import RunServices

/// A command such as people run: trains a small model, prints how it goes, and logs metrics to its run.
struct DemoTrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "demo-train", shouldDisplay: false)

    enum Data: String, ExpressibleByArgument {
        case moons, spirals
    }

    static let defaultBatch = 32
    private static let pointCount = 500
    /// Nats; guessing costs 0.69, so beyond this a training moves away from any solution.
    private static let divergedLoss = 20.0

    @Option(name: .long) var data = Data.moons
    /// A file of points, instead of made ones: x, y and label per line.
    @Option(name: .long) var points: String?
    @Option(name: .long) var lr = 0.1
    @Option(name: .long) var hidden = 8
    @Option(name: .long) var batch = DemoTrainCommand.defaultBatch
    @Option(name: .long) var epochs = 40
    /// Milliseconds between epochs, which would otherwise take less than one.
    @Option(name: .long) var pause = 400
    @Option(name: .long) var seed = 1
    @OptionGroup var service: ServiceOptions

    func validate() throws {
        guard [hidden, batch].allSatisfy((1...100_000).contains), epochs >= 0, pause >= 0 else {
            throw ValidationError("--hidden and --batch take 1 to 100000, --epochs and --pause no negative number.")
        }
    }

    func run() async throws {
        let points = try loadPoints()
        let amount = points.count == 1 ? "1 point" : "\(points.count) points"
        Console.say("training on \(amount): lr \(lr), \(hidden) hidden units, batch \(batch)")
        let settings = Training.Settings(
            learningRate: lr, hidden: hidden, batch: batch, seed: UInt64(bitPattern: Int64(seed)))
        var training = Training(settings, on: points)
        let run = Environment.value("RUNWATCH_RUN_ID").map { RunID($0) }
        let store = run == nil ? nil : try await service.open()
        for _ in 0..<epochs {
            let epoch = training.nextEpoch()
            Console.say(
                """
                epoch \(epoch.number)  loss \(Self.text(epoch.loss))  accuracy \(Self.text(epoch.accuracy))  \
                val_loss \(Self.text(epoch.validationLoss))
                """)
            if let store, let run { await log(epoch, to: run, in: store) }
            if !(epoch.loss <= Self.divergedLoss) {
                Console.warn(
                    """
                    DivergenceError: loss \(Self.text(epoch.loss)) in epoch \(epoch.number); \
                    a learning rate of \(lr) is too large
                    """)
                throw ExitCode(3)
            }
            try await Task.sleep(for: .milliseconds(pause))
        }
        Console.say("done")
    }

    private func log(_ epoch: Training.Epoch, to run: RunID, in store: any RunService) async {
        let step = Int64(epoch.number)
        let values = [
            ("loss", epoch.loss), ("accuracy", epoch.accuracy), ("val_loss", epoch.validationLoss),
            ("val_accuracy", epoch.validationAccuracy), ("lr", epoch.learningRate),
        ]
        do throws(RunServiceError) {
            try await store.logMetrics(
                values.map { MetricEntry(key: $0.0, value: .number($0.1), step: step) }, to: run)
        } catch {
            Console.warn("metrics of epoch \(epoch.number) were not logged: \(error)")
        }
    }

    private func loadPoints() throws -> LabelledPoints {
        guard let path = points else {
            return switch data {
            case .moons: .moons(count: Self.pointCount, noise: 0.2, seed: UInt64(bitPattern: Int64(seed)))
            case .spirals: .spirals(count: Self.pointCount, noise: 0.05, seed: UInt64(bitPattern: Int64(seed)))
            }
        }
        Console.say("loading \(path)")
        guard let file = fopen(path, "r") else {
            Console.warn("FileNotFoundError: \(String(cString: strerror(errno))): '\(path)'")
            throw ExitCode(1)
        }
        defer { fclose(file) }
        return LabelledPoints(
            lines: sequence(state: file) { file in
                var line = [CChar](repeating: 0, count: 256)
                guard fgets(&line, Int32(line.count), file) != nil else { return nil }
                return String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            })
    }

    /// Four significant digits, as logs of trainings have it.
    static func text(_ number: Double) -> String {
        guard number.isFinite else { return "\(number)" }
        var buffer = [CChar](repeating: 0, count: 32)
        let count = withVaList([number]) { vsnprintf(&buffer, buffer.count, "%.4g", $0) }
        return String(decoding: buffer.prefix(Int(max(0, count))).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
