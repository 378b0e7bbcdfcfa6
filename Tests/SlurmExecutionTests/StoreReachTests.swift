import RunServices
import SlurmCommands
import Testing

@testable import runwatch

/// Whether nodes reach what a person keeps runs in.
@Suite struct StoreReachTests {
    private static let mounts = """
        /dev/sda1 / ext4 rw,relatime 0 0
        nas:/home /home nfs4 rw,vers=4.2,local_lock=none 0 0
        nas:/old /old nfs rw,vers=3,nolock 0 0
        nas:/x /home/with\\040blank nfs rw,local_lock=all 0 0
        pool /scratch lustre rw,flock 0 0
        tmpfs /home/local tmpfs rw 0 0
        ana@host: /mnt/ssh fuse.sshfs rw 0 0
        """

    private func kind(_ path: String, takesLock: Bool = true) -> FileSystemKind {
        FileSystemKind(of: path, mounts: Self.mounts) { _ in takesLock }
    }

    @Test func knowsFileSystemsByTheirMount() {
        #expect(kind("/var/lib") == .local)
        #expect(kind("/homework") == .local)
        #expect(kind("/home/ana/runs") == .shared(name: "nfs4", hasLocks: true))
        #expect(kind("/home/ana/runs", takesLock: false) == .shared(name: "nfs4", hasLocks: false))
        #expect(kind("/old/runs") == .shared(name: "nfs", hasLocks: false))
        #expect(kind("/home/with blank/a") == .shared(name: "nfs", hasLocks: false))
        #expect(kind("/home/local/a") == .local)
        #expect(kind("/scratch") == .shared(name: "lustre", hasLocks: true))
        #expect(kind("/mnt/ssh/a") == .shared(name: "fuse.sshfs", hasLocks: true))
    }

    private func remark(
        _ place: ServiceLocation.Place, _ kind: FileSystemKind = .local, isHere: Bool = false
    ) throws -> String? {
        try StoreReach(place: place, kind: { _ in kind }).remark(isHere: isHere)
    }

    @Test func everythingIsReachedFromThisHost() throws {
        #expect(try remark(.mlflow(.server("http://127.0.0.1:5000")), isHere: true) == nil)
        #expect(try remark(.embedded("/s"), .shared(name: "nfs", hasLocks: false), isHere: true) == nil)
    }

    /// The machine that exports a file system has it as its own disk; the nodes see that it is not.
    @Test func aNodeOpensNoStoreOfAnotherMachine() {
        func refusal(_ kind: FileSystemKind, from submitter: String?) -> RunServiceError? {
            StoreReach(place: .embedded("/home/ana/runs"), kind: { _ in kind }).refusal(
                onNode: "node1.example.org", submittedOn: submitter)
        }
        let nfs = FileSystemKind.shared(name: "nfs4", hasLocks: true)
        #expect(refusal(nfs, from: "login")?.code == .unsupported)
        #expect(refusal(nfs, from: nil)?.message.contains("runwatch serve") == true)
        #expect(refusal(nfs, from: "node1") == nil)
        #expect(refusal(.local, from: "login") == nil)
    }

    @Test func refusesWhatNodesCannotReachOrWouldSpoil() throws {
        for address in ["http://127.0.0.1:5000", "http://localhost:5000", "http://[::1]:5000"] {
            let error = #expect(throws: RunServiceError.self) { try remark(.mlflow(.server(address))) }
            #expect(error?.code == .unsupported && error?.message.contains("runwatch serve") == true)
        }
        #expect(try remark(.mlflow(.server("https://mlflow.example.org"))) == nil)
        #expect(throws: RunServiceError.self) { try remark(.embedded("/s"), .shared(name: "nfs4", hasLocks: true)) }
        for place in [ServiceLocation.Place.mlflow(.database("/m.db")), .mlflow(.files("/mlruns"))] {
            #expect(throws: RunServiceError.self) { try remark(place, .shared(name: "nfs", hasLocks: false)) }
            #expect(try remark(place, .shared(name: "lustre", hasLocks: true)) == nil)
            #expect(try remark(place)?.contains("disk of this host") == true)
        }
        #expect(try remark(.embedded("/s"))?.contains("disk of this host") == true)
    }

    @Test func knowsThisHostByNameAndAddress() {
        func isHere(_ name: String, _ address: String) -> Bool {
            SlurmPlacement.isThisHost(SlurmHost(name: name, address: address), named: "login1.example.org")
        }
        #expect(isHere("localhost", "127.0.0.1") && isHere("login1", "login1") && isHere("a", "login1.example.org"))
        #expect(!isHere("gpu01", "gpu01") && !isHere("gpu01", "10.0.0.1") && !isHere("login10", "login10"))
    }
}
