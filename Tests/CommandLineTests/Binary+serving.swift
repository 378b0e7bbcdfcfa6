import Foundation
import Glibc
import LocalStore
import TestSupport
import Testing

extension Binary {
    /// The address that `serve` printed, once it has.
    func servedAddress() async throws -> String {
        try await eventually("an address") {
            guard let match = (try? said())?.firstMatch(of: /MLFLOW_TRACKING_URI=(http\S+:\d+)\n/) else { return nil }
            return String(match.1)
        }
    }

    /// The port of loopback on which `serve` listens, once it does.
    func servedPort() async throws -> Int {
        let address = try await servedAddress()
        guard let port = address.split(separator: ":").last.flatMap({ Int($0) }) else {
            throw CocoaError(.coderReadCorrupt)
        }
        return port
    }
}

/// What the kernel tells of a process.
struct ProcessFacts {
    let pid: pid_t

    /// MB (2^20) of memory that are resident, or were at most (`VmHWM`).
    func megabytes(_ name: String = "VmRSS") -> Double {
        let lines = text("status").split(separator: "\n")
        let line = lines.first { $0.hasPrefix(name + ":") }?.filter(\.isNumber) ?? ""
        return (Double(line) ?? 0) / 1_024
    }

    var descriptors: Int { (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd").count) ?? 0 }

    /// Files of /proc claim to have no bytes, which some readers believe.
    private func text(_ name: String) -> String {
        let file = FileHandle(forReadingAtPath: "/proc/\(pid)/\(name)")
        return String(decoding: (try? file?.readToEnd()) ?? Data(), as: UTF8.self)
    }
}
