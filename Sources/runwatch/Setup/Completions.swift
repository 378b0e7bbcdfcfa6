import ArgumentParser
import LocalStore
import RunExecution
import RunModel
import RunServices
import UserConfiguration

/// Words of the run service that a shell asks for. Whatever is not there in time is not offered, and nothing is said.
extension CompletionKind {
    /// Ids of runs, newest first.
    static var runs: CompletionKind {
        .custom { words, _, prefix in
            await ServiceWords(words).offered { source in
                try? await source.runs(in: .all, matching: nil, limit: ServiceWords.limit).map(\.id.text)
            }.filter { $0.hasPrefix(prefix) }
        }
    }

    /// Names of experiments.
    static var experiments: CompletionKind {
        .custom { words, _, prefix in
            await ServiceWords(words).offered { source in try? await source.experiments().map(\.name) }
                .filter { $0.hasPrefix(prefix) }
        }
    }

    /// Names of this machine's queues.
    static var queues: CompletionKind {
        .custom { _, _, prefix in
            ((try? await HostQueues().queues(of: nil)) ?? []).map(\.name).filter { $0.hasPrefix(prefix) }
        }
    }

    /// Names of the configuration's services. Addresses and paths are typed.
    static var services: CompletionKind {
        .custom { _, _, prefix in UserFile.usable.services.map(\.name).filter { $0.hasPrefix(prefix) } }
    }
}

/// Asks the run service that a command line being typed is about.
struct ServiceWords {
    private let service: String?
    private let store: String?

    /// As many as a person could look through.
    static let limit = 200
    /// Longer than this a key press must not take.
    private static let patience = Duration.milliseconds(300)

    init(_ words: [String]) {
        service = Self.value("--service", words)
        store = Self.value("--store", words)
    }

    /// Words without what would steer a terminal; none where the service is not quick.
    func offered(_ ask: @escaping @Sendable (any RunReading) async -> [String]?) async -> [String] {
        let (service, store) = (service, store)
        let words = await Deadline.wait(Self.patience) { () -> [String] in
            guard let location = try? ServiceLocator.here.choose(service: service, store: store),
                let source = try? await location.open(readOnly: true)
            else { return [] }
            return await ask(source) ?? []
        }
        return (words ?? []).filter { !$0.isEmpty && !$0.unicodeScalars.contains(where: Shown.isHidden) }
    }

    /// The value of an option as it was typed, without the quotes around it.
    private static func value(_ option: String, _ words: [String]) -> String? {
        var found: String?
        for (index, word) in words.enumerated() {
            if word == option, words.indices.contains(index + 1) { found = words[index + 1] }
            if word.hasPrefix(option + "=") { found = String(word.dropFirst(option.count + 1)) }
        }
        guard var text = found, !text.isEmpty else { return nil }
        for quote in ["\"", "'"] where text.count > 1 && text.hasPrefix(quote) && text.hasSuffix(quote) {
            text = String(text.dropFirst().dropLast())
        }
        return text
    }
}
