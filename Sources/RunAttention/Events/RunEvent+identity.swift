import RunModel

extension RunEvent {
    /// Names a happening by what it is about, so that the same one is known again.
    static func identity(_ kind: Kind, of run: RunID, _ part: String) -> UInt64 {
        var hash = StableHash()
        for text in [kind.rawValue, run.text, part] {
            hash.add(text.utf8)
            // A byte that no UTF-8 has keeps the parts apart.
            hash.add(CollectionOfOne(0xff))
        }
        return hash.value
    }

    /// As events carry it.
    static func text(ofIdentity identity: UInt64) -> String { StableHash.digits(identity) }
}

/// The newest identities of what was announced, in bounded memory.
struct AnnouncedEvents: Sendable {
    private var known: Set<UInt64> = []
    private var ring: [UInt64] = []
    private var next = 0

    /// Identities kept: far more than one batch brings, so that a batch that is told twice says nothing new.
    private static let capacity = 4_096

    /// Whether it is new.
    mutating func insert(_ identity: UInt64) -> Bool {
        guard known.insert(identity).inserted else { return false }
        if ring.count < Self.capacity {
            ring.append(identity)
        } else {
            known.remove(ring[next])
            ring[next] = identity
            next = (next + 1) % Self.capacity
        }
        return true
    }
}
