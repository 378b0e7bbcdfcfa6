import ArgumentParser

/// What `validate` of a command finds wrong, as ArgumentParser wants it: then it shows the usage, and the status is 2.
enum UsageCheck {
    static func run(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as ConsoleError {
            throw ValidationError(error.description)
        }
    }
}
