import ArgumentParser

extension CompletionKind {
    /// The names of the configuration's services, else files.
    static var services: CompletionKind { .file() }
}
