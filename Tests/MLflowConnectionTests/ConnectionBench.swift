import Foundation
import HTTPTransport
import MLflowService
import RunServices
import Synchronization
import TestSupport

/// Servers and a proxy that note what reaches them, whoever asks.
final class ConnectionBench: Sendable {
    /// What one request looked like where it arrived.
    struct Sighting: Equatable, CustomStringConvertible {
        /// `plain`, `secure`, `strict`, `other`, `proxy` or `tunnel`.
        var place: String
        var path: String
        var authorization: String?
        var proxyAuthorization: String?

        var description: String {
            "\(place) \(path) \(authorization ?? "-") \(proxyAuthorization ?? "-")"
        }
    }

    let certificates: TestCertificates
    let home: TemporaryDirectory
    let plain: FaultServer
    let secure: FaultServer
    /// Wants a client certificate.
    let strict: FaultServer
    /// Shows the certificate of another host.
    let other: FaultServer
    let proxy: FaultServer

    init() throws {
        certificates = try TestCertificates.make()
        home = try TemporaryDirectory()
        plain = try FaultServer { _ in .json("{}") }
        secure = try FaultServer(tls: certificates.server()) { _ in .json("{}") }
        strict = try FaultServer(tls: certificates.server(requiringClient: true)) { _ in .json("{}") }
        other = try FaultServer(tls: certificates.serverOfAnotherHost()) { _ in .json("{}") }
        let target = secure.port
        proxy = try FaultServer { $0.method == "CONNECT" ? .tunnel(to: target) : .json("{}") }
    }

    /// All that reached a server and asked for `path`; a tunnel counts with whoever opened it.
    func sightings(of path: String) -> [Sighting] {
        let places = [("plain", plain), ("secure", secure), ("strict", strict), ("other", other), ("proxy", proxy)]
        return places.flatMap { place, server in
            server.requests.filter { $0.target.hasSuffix(path) }.map { request in
                let origin = request.target.prefix { $0 != "?" }
                return Sighting(
                    place: place, path: String(origin), authorization: request["Authorization"],
                    proxyAuthorization: request["Proxy-Authorization"])
            }
        }
    }

    /// The `Proxy-Authorization` of every tunnel so far.
    var tunnels: [String?] {
        proxy.requests.filter { $0.method == "CONNECT" }.map { $0["Proxy-Authorization"] }
    }

    /// Writes a file below the home directory of the cases.
    func write(_ text: String, to name: String) throws {
        let file = URL(fileURLWithPath: "\(home.path)/\(name)")
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: file, atomically: true, encoding: .utf8)
    }

    /// Asks as runwatch does; the error when nothing came of it.
    func ask(_ uri: String, _ environment: [String: String], case mark: String) async -> RunServiceError? {
        do throws(RunServiceError) {
            let connection = try MLflowConnection(uri: uri, environment: environment)
            var call = HTTPCall(.get, "/api/2.0/mlflow/experiments/search")
            call.query = [("case", mark)]
            call.deadline = 120_000
            _ = try await HTTPTransport(connection.transport).send(call)
            return nil
        } catch {
            return error
        }
    }
}
