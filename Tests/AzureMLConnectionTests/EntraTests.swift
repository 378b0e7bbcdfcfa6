import Crypto
import CryptoExtras
import Foundation
import HTTPTransport
import RunModel
import RunServices
import TestSupport
import Testing

@testable import AzureMLService

/// A service principal's login, by each kind of proof.
@Suite struct EntraTests {
    let clock = TestClock()
    static let granted = FaultReply.json(#"{"token_type":"Bearer","expires_in":3599,"access_token":"granted-token"}"#)

    private func principal(_ server: FaultServer, _ more: [String: String]) throws -> ServicePrincipal {
        let clock = clock
        let variables = ["AZURE_TENANT_ID": "contoso.example", "AZURE_CLIENT_ID": "app"].merging(more) { $1 }
        return try #require(
            ServicePrincipal(
                AzureEnvironment(variables),
                cloud: AzureCloud(
                    name: "x", resourceManager: try HTTPAddress("https://management.example"),
                    authority: try HTTPAddress(server.address)), network: AzureMLNetwork(environment: [:]),
                clock: { clock.now }))
    }

    private func form(_ request: FaultRequest) -> [String: String] {
        var values: [String: String] = [:]
        for pair in request.text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            values[String(parts[0])] = String(parts[1]).removingPercentEncoding
        }
        return values
    }

    @Test func `a secret is sent in the body, and to nobody else`() async throws {
        let server = try FaultServer { _ in Self.granted }
        let token = try await principal(server, ["AZURE_CLIENT_SECRET": "s3c~ret&+/="]).fetch()
        // Counted from here, whatever the clocks say.
        #expect(token == AccessToken("granted-token", expiresAt: clock.now.advanced(byMilliseconds: 3_599_000)))
        let request = try #require(server.requests.first)
        #expect(request.target == "/contoso.example/oauth2/v2.0/token")
        #expect(request["Content-Type"] == "application/x-www-form-urlencoded")
        #expect(
            form(request) == [
                "grant_type": "client_credentials", "client_id": "app", "client_secret": "s3c~ret&+/=",
                "scope": "https://management.example/.default",
            ])
    }

    @Test func `a certificate signs who we are`() async throws {
        let place = try TemporaryDirectory()
        let files = try Self.makeCertificate(in: place.path)
        let server = try FaultServer { _ in Self.granted }
        _ = try await principal(server, ["AZURE_CLIENT_CERTIFICATE_PATH": files.both]).fetch()
        let values = form(try #require(server.requests.first))
        #expect(values["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
        let parts = try #require(values["client_assertion"]).split(separator: ".")
        let header = try Self.object(parts[0])
        #expect(header["alg"] as? String == "RS256")
        let der = try #require(
            PEMBlock.all(in: try String(contentsOfFile: files.certificate, encoding: .utf8))[0].content)
        #expect(header["x5t"] as? String == Base64URL.encoded(Insecure.SHA1.hash(data: der)))
        let claims = try Self.object(parts[1])
        #expect(claims["iss"] as? String == "app")
        #expect(claims["aud"] as? String == "\(server.address)/contoso.example/oauth2/v2.0/token")
        #expect(claims["exp"] as? Int == Int(clock.now.milliseconds / 1_000) + 600)
        let key = try _RSA.Signing.PublicKey(
            pemRepresentation: try String(contentsOfFile: files.publicKey, encoding: .utf8))
        let signature = _RSA.Signing.RSASignature(rawRepresentation: try #require(Base64URL.decoded(parts[2])))
        #expect(
            key.isValidSignature(
                signature, for: Data("\(parts[0]).\(parts[1])".utf8), padding: .insecurePKCS1v1_5))
    }

    @Test func `a certificate file that is no good is told apart`() async throws {
        let place = try TemporaryDirectory()
        let files = try Self.makeCertificate(in: place.path)
        let server = try FaultServer { _ in Self.granted }
        for (path, words) in [
            (place.path + "/none.pem", "can't be read"), (files.certificate, "private key is missing"),
            (files.key, "no certificate in PEM form"), (files.encrypted, "has a passphrase"),
            (files.curve, "no RSA key"),
        ] {
            let principal = try principal(server, ["AZURE_CLIENT_CERTIFICATE_PATH": path])
            let error = await refusal { () throws(RunServiceError) in try await principal.fetch() }
            #expect(error?.message.contains(words) == true, "\(String(describing: error))")
        }
        #expect(server.requests.isEmpty)
    }

    @Test func `a federated token is read anew each time`() async throws {
        let place = try TemporaryDirectory()
        let file = place.path + "/token"
        let server = try FaultServer { _ in Self.granted }
        let principal = try principal(server, ["AZURE_FEDERATED_TOKEN_FILE": file])
        #expect(await refusal { () throws(RunServiceError) in try await principal.fetch() }?.code == .unauthorized)
        for text in ["first", "second"] {
            try "\(text)\n".write(toFile: file, atomically: true, encoding: .utf8)
            _ = try await principal.fetch()
        }
        #expect(server.requests.map { form($0)["client_assertion"] } == ["first", "second"])
    }

    @Test(
        arguments: [
            (
                FaultReply.answer(
                    401,
                    "application/json",
                    #"{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret hush-hush provided.\r\nTrace ID: x"}"#
                ),
                RunServiceError.Code.unauthorized, "check AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET"
            ),
            (
                FaultReply.answer(
                    400,
                    "application/json",
                    #"{"error":"invalid_client","error_description":"AADSTS700024: Client assertion is not within its valid time range."}"#
                ),
                .unauthorized, "check the clock of this machine"
            ),
            (
                FaultReply.answer(429, headers: [("Retry-After", "3")], #"{"error":"x"}"#), .rateLimited,
                "asked too often"
            ),
            (FaultReply.answer(503, "application/json", "{}"), .unavailable, "not available now"),
            (FaultReply.page(), .unexpectedResponse, "web page"),
            (FaultReply.json("{}"), .unexpectedResponse, "something else"),
            (FaultReply.torn("{"), .unavailable, "in the middle"),
        ] as [(FaultReply, RunServiceError.Code, String)])
    func `its faults become sentences without the secret`(
        _ reply: FaultReply, _ code: RunServiceError.Code, _ words: String
    ) async throws {
        let server = try FaultServer { _ in reply }
        let principal = try principal(server, ["AZURE_CLIENT_SECRET": "hush-hush"])
        let error = try #require(await refusal { () throws(RunServiceError) in try await principal.fetch() })
        #expect(error.code == code, "\(error)")
        #expect(error.message.contains(words), "\(error)")
        #expect(!"\(error)".contains("hush"))
    }

    @Test func `a cloud of one's own says where to log in`() async throws {
        let login = try FaultServer { _ in Self.granted }
        let manager = try FaultServer { _ in
            .json(#"{"authentication":{"loginEndpoint":"http://127.0.0.1:\#(login.port)/adfs/"}}"#)
        }
        let clock = clock
        let principal = try #require(
            ServicePrincipal(
                AzureEnvironment(["AZURE_TENANT_ID": "t", "AZURE_CLIENT_ID": "c", "AZURE_CLIENT_SECRET": "s"]),
                cloud: AzureCloud(name: "own", resourceManager: try HTTPAddress(manager.address)),
                network: AzureMLNetwork(environment: [:]), clock: { clock.now }))
        _ = try await principal.fetch()
        #expect(manager.requests.first?.path == "/metadata/endpoints")
        #expect(login.requests.first?.path == "/adfs/t/oauth2/v2.0/token")
    }

    private static func object(_ part: Substring) throws -> [String: Any] {
        let data = try #require(Base64URL.decoded(part))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    private struct Files {
        var certificate, key, both, publicKey, encrypted, curve: String
    }

    private static func makeCertificate(in directory: String) throws -> Files {
        let script = """
            set -e; cd '\(directory)'
            openssl req -x509 -newkey rsa:2048 -nodes -keyout key -out crt -days 1 -subj /CN=test
            cat crt key > both; openssl pkey -in key -pubout -out pub
            openssl pkey -in key -aes128 -passout pass:x -out locked; cat crt locked > encrypted
            openssl ecparam -name prime256v1 -genkey -noout -out ec; cat crt ec > curve
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", script]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return Files(
            certificate: directory + "/crt", key: directory + "/key", both: directory + "/both",
            publicKey: directory + "/pub", encrypted: directory + "/encrypted", curve: directory + "/curve")
    }
}
