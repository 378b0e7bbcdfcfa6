import RunModel
import RunServices
import TestSupport

/// Does to a service, at random but repeatably, what its users do.
struct RandomWriter {
    private let factory: RunServiceFactory
    private var ids: [RunID] = []

    init(_ factory: RunServiceFactory) { self.factory = factory }

    mutating func step(_ service: any RunService, using random: inout SeededGenerator) async throws {
        guard let id = ids.randomElement(using: &random), Int.random(in: 0..<4, using: &random) > 0 else {
            let parent = Bool.random(using: &random) ? ids.randomElement(using: &random) : nil
            let drafts = (0..<Int.random(in: 1...3, using: &random)).map { offset in
                RunDraft(
                    id: factory.id("run-\(ids.count + offset)"),
                    experimentName: "experiment-\(Int.random(in: 0..<3, using: &random))", parentID: parent)
            }
            ids += try await service.createRuns(drafts).map(\.id)
            return
        }
        let value = "\(Int.random(in: 0..<3, using: &random))"
        switch Int.random(in: 0..<10, using: &random) {
        case 0: try await service.apply(.start, to: id, onBehalfOf: .lifecycle)
        case 1: try await service.apply(.complete, to: id, onBehalfOf: .lifecycle)
        case 2: try await service.apply(.fail(RunFailure(message: value)), to: id, onBehalfOf: .lifecycle)
        case 3: try await service.editTags([.set(key: "tag-" + value, value: value)], of: id)
        case 4: try await service.editTags([.delete(key: "tag-" + value)], of: id)
        case 5: try await service.addProperties(Properties([("p" + value, value)]), to: id)
        case 6: try await service.logParams(Params([("p" + value, value)]), to: id)
        case 7: try await service.rename(id, to: "name " + value)
        case 8: try await service.logMetrics([MetricEntry(key: "m" + value, value: .number(.nan))], to: id)
        default: try await service.apply(.canceled, to: id, onBehalfOf: .lifecycle)
        }
    }
}
