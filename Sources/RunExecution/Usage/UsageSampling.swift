/// Whether and how often a supervisor looks at what its command uses.
package struct UsageSampling: Sendable {
    /// Milliseconds until the first look.
    package var firstAfter: Int64 = 1_000
    /// Milliseconds between looks.
    package var interval: Int64 = 10_000
    /// Whether figures of the whole machine are kept too; MLflow's own client may log the same ones in this run.
    package var withMachine = true
    /// Where the driver's library is looked for.
    package var gpuLibraries = NVML.usualNames

    /// As the command line has it.
    package init() {}
}
