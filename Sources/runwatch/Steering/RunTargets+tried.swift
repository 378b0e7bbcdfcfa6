import RunModel
import RunServices

extension RunTargets {
    /// As `resolve` finds them, but that a name of several that leads to no run only counts as a failure.
    func tried(
        on service: any RunReading, to action: String, fallback: String? = nil,
        isAmong: (Run) -> Bool = { _ in true }, _ tally: inout Tally
    ) async throws -> [Run] {
        do {
            return try await resolve(on: service, to: action, fallback: fallback, isAmong: isAmong)
        } catch {
            // What keeps one name from being found keeps the others from it too, unless it is the name.
            guard filter == nil, named.all.count > 1, Self.isAboutName(error) else { throw error }
        }
        var found: [Run] = []
        for name in named.all {
            do {
                let run = try await RunResolver(service: service).run(name)
                if !found.contains(where: { $0.id == run.id }) { found.append(run) }
            } catch {
                tally.fail(error, of: name)
            }
        }
        return found
    }

    private static func isAboutName(_ error: any Error) -> Bool {
        switch error {
        case let error as RunServiceError: error.code == .notFound
        case let error as ConsoleError: error.status == .usage
        default: false
        }
    }
}
