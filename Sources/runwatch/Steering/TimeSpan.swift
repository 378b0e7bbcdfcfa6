import ArgumentParser
import RunModel

/// A length of time on a command line, as filters write it: `90m`, `2d`.
struct TimeSpan: ExpressibleByArgument, Sendable {
    /// As it was given.
    let text: String
    let milliseconds: Int64

    /// Nil for what is no length of time. A number alone has no unit, so it could mean anything.
    init?(argument: String) {
        guard argument.last?.isLetter == true, !argument.contains("\""),
            let filter = try? Filter.parse("age < \"\(argument)\""),
            case .comparison(let comparison) = filter.expression,
            case .duration(let milliseconds)? = comparison.values.first
        else { return nil }
        text = argument
        self.milliseconds = milliseconds
    }
}
