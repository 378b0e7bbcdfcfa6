/// One decoder, parser or drawing of the program, fed with bytes that could come from anybody.
///
/// The body traps when something is wrong, which ends a test process and is what libFuzzer looks for.
package struct FuzzTarget: Sendable, CustomStringConvertible {
    package let name: String
    /// Inputs that mean something, from which others are made.
    package let seeds: [[UInt8]]
    /// Inputs that are tried in a test without an option: a second or so of a slow machine.
    package let rounds: Int
    package let body: @Sendable ([UInt8]) -> Void

    init(_ name: String, rounds: Int = 2_000, seeds: [String], body: @escaping @Sendable ([UInt8]) -> Void) {
        self.init(name, rounds: rounds, seeds: seeds.map { Array($0.utf8) }, body: body)
    }

    init(_ name: String, rounds: Int, seeds: [[UInt8]], body: @escaping @Sendable ([UInt8]) -> Void) {
        self.name = name
        self.rounds = rounds
        self.seeds = seeds
        self.body = body
    }

    package var description: String { name }

    package static let all: [FuzzTarget] = [
        .wire, .metaFile, .metricFile, .eventFiles, .azureFolder, .mlflowTags, .storeRows, .pageTokens, .filter, .keys,
        .lineInput,
        .terminalText,
        .logText, .charts, .addresses, .configurationFiles, .requests, .searches, .azure, .jmesPath,
        .slurmListings, .slurmWords, .userConfiguration, .azureAnswers, .azureAddresses, .certificates,
    ]
}
