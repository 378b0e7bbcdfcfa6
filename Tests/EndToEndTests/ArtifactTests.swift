import Foundation
import TestSupport
import Testing

extension EndToEndTests {
    /// Files that a run keeps, looked at without leaving.
    @Suite struct Artifacts {
        @Test func `a text two folders down is found, read and left again`() async throws {
            try await Workbench.open { bench in
                let store = bench.directory + "/mlruns"
                try FileManager.default.copyItem(
                    atPath: try await MLflowStores.directory() + "/mlruns", toPath: store)
                let run = try #require(Self.run(named: "numbers", in: store))
                let folder = "\(run)/artifacts/model/notes"
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                try FileBytes.write("the text itself\n", to: folder + "/read.me")
                try FileBytes.write("\0\u{1}\u{2}", to: "\(run)/artifacts/model/weights")

                let terminal = try await bench.terminal("--service", store, "--interval", "0.2")
                try await terminal.wait(for: "numbers")
                try await terminal.press("/")
                try await terminal.type("numbers")
                try await terminal.press("Enter", "A")
                try await terminal.wait(for: "Artifacts of “numbers”")
                try await terminal.wait(for: "model/", "folder")
                try await terminal.press("q", ":")
                try await terminal.type("artifacts model")
                try await terminal.press("Enter")
                try await terminal.wait(for: "Artifacts of “numbers”: model/")
                try await terminal.wait(for: "weights", "3 B")
                try await terminal.press("Enter")
                try await terminal.wait(for: "Artifacts of “numbers”: model/notes/")
                try await terminal.wait(for: "read.me", "16 B")
                try await terminal.press("Enter")
                try await terminal.wait(for: "the text itself")
                try await terminal.press("A", "Left")
                try await terminal.wait(for: "weights", "3 B")
                try await terminal.press("Down", "Enter")
                try await terminal.wait(for: "This file is no text (3 B).")
                try await terminal.press("S")
                try await terminal.wait(for: "Run service")
                try await terminal.wait(for: "every 0.2 s; ")
            }
        }

        private static func run(named name: String, in store: String) -> String? {
            let files = FileManager.default.enumerator(atPath: store)?.compactMap { $0 as? String } ?? []
            let meta = files.first { path in
                guard path.hasSuffix("/meta.yaml") else { return false }
                let text = (try? String(contentsOfFile: store + "/" + path, encoding: .utf8)) ?? ""
                return text.contains("run_name: \(name)\n")
            }
            return meta.map { store + "/" + $0.dropLast("/meta.yaml".count) }
        }
    }
}
