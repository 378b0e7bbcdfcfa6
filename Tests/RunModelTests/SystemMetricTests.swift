import RunModel
import Testing

/// What a run costs its machine, in filters and orders.
@Suite struct SystemMetricTests {
    private static let run = sampleRun(metrics: [
        ("loss", .number(0.5)), (SystemMetric.memory, .number(8_100)), (SystemMetric.cpu, .number(250)),
        (SystemMetric.written, .number(12.5)),
    ])

    @Test(arguments: [
        "system.memory > 8GB", "system.memory > 8e3", "system.memory<8.2G", "SYSTEM.Memory >= 7.5GiB",
        "system.memory < 7.6gib", "system.mem > 8000MB", "system.memory>8000000kB", "system.cpu > 200%",
        "system.cpu>=250", "system.cpu", "system.gpu is null", "not system.gpu", "system.written < 13M",
        "metrics.system/process_memory_megabytes > 8GB", "system.memory > '8GB'", "system.cpu = 250%",
    ])
    func matches(filter: String) throws { #expect(try passes(filter, Self.run)) }

    @Test(arguments: [
        "system.memory > 8.2GB", "system.memory < 7.5GiB", "system.gpu > 0", "system.cpu < 100%", "system.gpu",
        "system.memory = 8GB",
    ])
    func doesNotMatch(filter: String) throws { #expect(try !passes(filter, Self.run)) }

    @Test(arguments: [
        "system.cpu > 8GB", "system.memory > 8%", "system.memory > GB", "metrics.loss > 8GB", "system.nope > 1",
    ])
    func isRefused(filter: String) { #expect(throws: FilterSyntaxError.self) { try Filter.parse(filter) } }

    @Test func theCanonicalSpellingMeansTheSame() throws {
        let filter = try Filter.parse("system.memory > 8GB")
        #expect(try Filter.parse("\(filter.expression)").expression == filter.expression)
    }

    @Test func ordersByIt() {
        #expect(SortOrder("system.memory")?.column == .metric(SystemMetric.memory))
        #expect(SortOrder("system.memory")?.isDescending == true)
        #expect(SortOrder("system.cpu asc")?.isDescending == false)
        #expect(SortOrder("system.cpu asc")?.text == "system.cpu asc")
        #expect(SortOrder("system.nope")?.column == .metric("system.nope"))
        #expect(SortOrder(column: .metric("system.cpu"), isDescending: false).text == "metrics.system.cpu asc")
        let order = SortOrder(column: .metric("system/gpu_0_power_usage_watts"), isDescending: true)
        #expect(SortOrder(order.text) == order)
    }

    @Test func theRunsOwnComeFirst() {
        #expect(Array(Self.run.metrics.own.map(\.key)) == ["loss"])
        #expect(Self.run.metrics.ownFirst.map(\.key).first == "loss" && Self.run.metrics.ownFirst.count == 4)
        var other = Self.run.metrics
        other.removeValue(forKey: SystemMetric.cpu)
        #expect(other != Self.run.metrics && other.hasSameOwn(as: Self.run.metrics))
        #expect(SystemMetric.busyGPU("system/gpu_12_utilization_percentage") == 12)
        #expect(SystemMetric.busyGPU("system/cpu_utilization_percentage") == nil)
    }
}
