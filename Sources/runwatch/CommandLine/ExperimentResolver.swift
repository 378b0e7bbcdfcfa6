import RunModel
import RunServices

/// Finds the experiment that a command line names.
struct ExperimentResolver {
    let service: any RunReading

    /// By its name, or else its id. Throws `notFound`.
    func id(of name: String) async throws -> ExperimentID {
        let all = try await service.experiments()
        if let named = all.first(where: { $0.name == name }) ?? all.first(where: { $0.id.text == name }) {
            return named.id
        }
        throw RunServiceError(
            .notFound, "There is no experiment \(Shown.text(name)); `runwatch experiments` lists them.")
    }
}
