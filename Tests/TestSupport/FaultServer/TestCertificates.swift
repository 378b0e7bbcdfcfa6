import Foundation
package import NIOSSL

/// Certificates made for a test process with the `openssl` command; they go with it.
package struct TestCertificates: Sendable {
    /// PEM file of the authority that signed all the others.
    package let authority: String
    /// PEM file of an authority that signed none of them.
    package let otherAuthority: String
    /// Directory of authorities in the form of `openssl rehash`.
    package let authorities: String
    /// PEM file with a client's certificate and its key.
    package let client: String
    /// The same from an authority that no server trusts.
    package let foreignClient: String
    private let directory: TemporaryDirectory

    package static func make() throws -> TestCertificates { try made.get() }

    /// A server that shows a certificate for `localhost` and 127.0.0.1.
    package func server(requiringClient: Bool = false) throws -> TLSConfiguration {
        var tls = try configuration("server")
        if requiringClient {
            tls.certificateVerification = .noHostnameVerification
            tls.trustRoots = .file(authority)
        }
        return tls
    }

    /// PEM files of a certificate for `localhost` and 127.0.0.1, and of its key.
    package var serverFiles: (chain: String, key: String) {
        ("\(directory.path)/server.pem", "\(directory.path)/server.key")
    }

    /// A server that shows a certificate for `other.example`.
    package func serverOfAnotherHost() throws -> TLSConfiguration { try configuration("other-server") }

    private func configuration(_ name: String) throws -> TLSConfiguration {
        TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile("\(directory.path)/\(name).pem").map {
                .certificate($0)
            },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: "\(directory.path)/\(name).key", format: .pem)))
    }

    private static let made = Result { try TestCertificates() }

    private init() throws {
        directory = try TemporaryDirectory()
        let path = directory.path
        (authority, otherAuthority) = (path + "/ca.pem", path + "/other-ca.pem")
        (client, foreignClient) = (path + "/client-both.pem", path + "/foreign-client-both.pem")
        authorities = path + "/authorities"
        try makeAuthority("ca", "runwatch test authority")
        try makeAuthority("other-ca", "another test authority")
        try makeLeaf("server", ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"])
        try makeLeaf("other-server", ["-addext", "subjectAltName=DNS:other.example"])
        try makeLeaf("client", ["-addext", "extendedKeyUsage=clientAuth"])
        try makeLeaf("foreign-client", signer: "other-ca", ["-addext", "extendedKeyUsage=clientAuth"])
        for name in ["client", "foreign-client"] {
            let both = try [".pem", ".key"].map { try String(contentsOfFile: path + "/" + name + $0, encoding: .utf8) }
            try both.joined().write(toFile: "\(path)/\(name)-both.pem", atomically: true, encoding: .utf8)
        }
        try FileManager.default.createDirectory(atPath: authorities, withIntermediateDirectories: false)
        try FileManager.default.copyItem(atPath: authority, toPath: authorities + "/ca.pem")
        try openssl(["rehash", authorities])
    }

    private func makeAuthority(_ name: String, _ subject: String) throws {
        try makeCertificate(name, subject, ["-addext", "keyUsage=critical,keyCertSign"])
    }

    private func makeLeaf(_ name: String, signer: String = "ca", _ more: [String]) throws {
        let signer = ["-CA", "\(directory.path)/\(signer).pem", "-CAkey", "\(directory.path)/\(signer).key"]
        try makeCertificate(name, name, signer + ["-addext", "basicConstraints=critical,CA:FALSE"] + more)
    }

    private func makeCertificate(_ name: String, _ subject: String, _ more: [String]) throws {
        let path = "\(directory.path)/\(name)"
        let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", path + ".key"]
        try openssl(["req", "-x509", "-days", "2", "-subj", "/CN=" + subject, "-out", path + ".pem"] + key + more)
    }

    private func openssl(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        let log = directory.path + "/openssl.log"
        try Data().write(to: URL(fileURLWithPath: log))
        process.standardError = FileHandle(forWritingAtPath: log)
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        if process.terminationStatus == 0 { return }
        throw OpenSSLFailure(text: (try? String(contentsOfFile: log, encoding: .utf8)) ?? "")
    }

    private struct OpenSSLFailure: Error { let text: String }
}
