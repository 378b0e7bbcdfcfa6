/// Decides whom to SIGKILL next: innermost sessions first, so that a nested supervisor sees its command end and records it.
package struct KillOrder: Sendable {
    /// Milliseconds that a nested supervisor gets to record the end of its command: a few writes to a busy disk.
    package static let recordingTime: Int64 = 2_000

    /// When each session was first seen to hold no other session's parent.
    private var innermostSince: [Int32: Int64] = [:]
    private var hasBegun = false

    /// No process has been seen yet.
    package init() {}

    /// The members to kill at `now` (milliseconds on any steady clock).
    package mutating func victims(among members: [ProcessEntry], at now: Int64) -> [Int32] {
        let sessionOf = Dictionary(members.map { ($0.pid, $0.session) }, uniquingKeysWith: { first, _ in first })
        let outer = Set(
            members.compactMap { member -> Int32? in
                guard let parentSession = sessionOf[member.parent], parentSession != member.session else { return nil }
                return parentSession
            })
        let innermost = Set(members.map(\.session)).subtracting(outer)
        for session in innermost where innermostSince[session] == nil {
            innermostSince[session] = hasBegun ? now : now - Self.recordingTime
        }
        hasBegun = true
        return members.filter { member in
            guard innermost.contains(member.session), let since = innermostSince[member.session] else { return false }
            return now - since >= Self.recordingTime
        }.map(\.pid)
    }
}
