import RunServices

/// One thing that the doctor looked at.
struct Finding: Equatable, Sendable {
    /// Under which heading.
    let section: Section
    let name: String
    /// Free of secrets; shown through `Shown` where others' text is in it.
    let value: String
    /// What is wrong with it and what to do; nil where nothing is.
    var problem: String?

    enum Section: String, CaseIterable, Sendable {
        case program = "runwatch"
        case terminal = "Terminal"
        case configuration = "Configuration"
        case service = "Run service"
        case limits = "Limits of this machine"
    }

    init(_ section: Section, _ name: String, _ value: String, problem: String? = nil) {
        self.section = section
        self.name = name
        self.value = value
        self.problem = problem
    }
}
