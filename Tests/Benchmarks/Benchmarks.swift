import ArgumentParser
import Glibc
import Logging

/// `swift run -c release benchmarks`: measures every budget of the design on this machine.
@main
struct Benchmarks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmarks", abstract: "Measures runwatch against its budgets.",
        discussion: """
            Prints one line for each budget. A time over budget is reported, never an error: machines differ.
            Rows that start the real binary need it built first: swift build -c release --static-swift-stdlib \
            --product runwatch
            """)

    @Option(name: .long, help: "Only rows whose name contains this text.")
    var only: String?

    @Option(name: .long, help: "The runwatch binary (default: beside this one).")
    var binary: String?

    @Option(name: .long, help: "Where synthetic stores are kept for the next time (default: nowhere).")
    var stores: String?

    @Flag(name: .long, help: "Fewer repetitions and smaller stores: a minute instead of several.")
    var quick = false

    func run() async throws {
        // A server that does not answer yet is no news for a reader of the table.
        LoggingSystem.bootstrap { _ in SwiftLogNoOpLogHandler() }
        let setting = try BenchmarkSetting(binary: binary, stores: stores, isQuick: quick)
        print(MachineNote.text())
        ResultTable.printHeads()
        for benchmark in benchmarks {
            if let only, !benchmark.name.contains(only) { continue }
            for result in try await benchmark.measure(setting) { ResultTable.print(result) }
        }
    }

    private var benchmarks: [Benchmark] {
        [
            Benchmark(name: "start", measure: StartBenchmark.measure),
            Benchmark(name: "keys", measure: KeyBenchmark.measure),
            Benchmark(name: "keys-on-terminal", measure: TerminalKeyBenchmark.measure),
            Benchmark(name: "filter", measure: FilterBenchmark.measure),
            Benchmark(name: "idle-tick", measure: IdleTickBenchmark.measure),
            Benchmark(name: "changed-tick", measure: ChangedTickBenchmark.measure),
            Benchmark(name: "memory", measure: MemoryBenchmark.measure),
            Benchmark(name: "left-running", measure: LeftRunningBenchmark.measure),
            Benchmark(name: "list", measure: ListBenchmark.measure),
            Benchmark(name: "log-tail", measure: LogTailBenchmark.measure),
            Benchmark(name: "hosting", measure: HostingBenchmark.measure),
            Benchmark(name: "serve", measure: ServeBenchmark.measure),
            Benchmark(name: "mlflow-start", measure: MLflowStartBenchmark.measure),
            Benchmark(name: "mlflow-tick", measure: MLflowTickBenchmark.measure),
            Benchmark(name: "silent-runs", measure: SilentRunsBenchmark.measure),
            Benchmark(name: "mlruns", measure: MLflowFilesBenchmark.measure),
            Benchmark(name: "mlflow-active", measure: MLflowActiveBenchmark.measure),
            Benchmark(name: "slurm", measure: SlurmBenchmark.measure),
        ]
    }
}

/// One subject, which may yield several lines of the table.
struct Benchmark {
    let name: String
    let measure: (BenchmarkSetting) async throws -> [BenchmarkResult]
}
