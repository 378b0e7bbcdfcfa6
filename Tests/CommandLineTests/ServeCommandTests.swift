import Foundation
import Glibc
import LocalStore
import RunServices
import TestSupport
import Testing

/// `runwatch serve` as a person starts and ends it.
struct ServeCommandTests {
    @Test(arguments: [SIGTERM, SIGINT])
    func `It says where it is once it answers, and ends well by a signal`(_ signal: Int32) async throws {
        let binary = try Binary()
        let status = try await binary.calling("serve", "--port", "0", "--store", binary.store) { pid in
            let port = try await binary.servedPort()
            #expect(try await RawConnection.ask(port, "GET", "/health").text == "OK")
            let tell = try await binary.call("serve", "--status", "--store", binary.store)
            #expect(tell.status == 0 && tell.output.contains("http://127.0.0.1:\(port) pid \(pid) "))
            kill(pid, signal)
        }
        #expect(status == 0)
        let after = try await binary.call("serve", "--status", "--store", binary.store)
        #expect(after.status == 1 && after.errors.contains("No server runs on"))
    }

    @Test func `--stop ends this user's servers on the store and no others`() async throws {
        let (binary, other) = (try Binary(), try Binary())
        async let otherStatus = other.calling("serve", "--port", "0", "--store", other.store) { pid in
            let otherPort = try await other.servedPort()
            let status = try await binary.calling("serve", "--port", "0", "--store", binary.store) { _ in
                _ = try await binary.servedAddress()
                let stop = try await binary.call("serve", "--stop", "--store", binary.store)
                #expect(stop.status == 0 && stop.output == "The server has ended.\n")
            }
            #expect(status == 0)
            #expect(try await RawConnection.ask(otherPort, "GET", "/health").text == "OK")
            kill(pid, SIGTERM)
        }
        #expect(try await otherStatus == 0)
        let none = try await binary.call("serve", "--stop", "--store", binary.store)
        #expect(none.status == 1 && none.errors.contains("No server of yours runs on"))
    }

    @Test func `Several servers and others share one store`() async throws {
        let (first, second) = (try Binary(), try Binary())
        let status = try await first.calling("serve", "--port", "0", "--store", first.store) { pid in
            let one = try await first.servedPort()
            let status = try await second.calling("serve", "--port", "0", "--store", first.store) { other in
                let two = try await second.servedPort()
                let made = try await RawConnection.ask(
                    one, "POST", "/api/2.0/mlflow/experiments/create", Array(#"{"name":"shared"}"#.utf8))
                #expect(made.status == 200)
                let found = try await RawConnection.ask(
                    two, "GET", "/api/2.0/mlflow/experiments/get-by-name?experiment_name=shared")
                #expect(found.status == 200)
                kill(other, SIGTERM)
            }
            #expect(status == 0)
            kill(pid, SIGTERM)
        }
        #expect(status == 0)
    }

    @Test func `What cannot be served is told in one sentence`() async throws {
        let binary = try Binary()
        let files = binary.place.path
        try "short\n".write(toFile: files + "/short", atomically: true, encoding: .utf8)
        try "a-token-of-good-length\n".write(toFile: files + "/open", atomically: true, encoding: .utf8)
        chmod(files + "/short", 0o600)
        chmod(files + "/open", 0o644)
        try "not a store".write(toFile: files + "/file", atomically: true, encoding: .utf8)
        for (arguments, words) in [
            (["--host", "0.0.0.0"], "a token is needed"), (["--token-file", files + "/none"], "cannot be read"),
            (["--token-file", files + "/short"], "must hold one line of 16 or more"),
            (["--token-file", files + "/open"], "Others may read the token file"),
            (["--read-token-file", files + "/open"], "--read-token-file needs --token-file"),
            (["--tls-cert", files + "/file"], "go together"),
            (["--tls-cert", files + "/file", "--tls-key", files + "/file"], "No certificate could be read"),
            (["--port", "70000"], "--port must be from 0 to 65535"),
            (["--host", "no.such.host.invalid"], "a token is needed"),
        ] {
            let answer = try await binary.call(["serve", "--port", "0", "--store", binary.store] + arguments)
            #expect(answer.status != 0 && answer.errors.contains(words), "\(arguments): \(answer.errors)")
        }
        let broken = try await binary.call("serve", "--port", "0", "--store", files + "/file")
        #expect(broken.status != 0 && !broken.errors.isEmpty)
    }

    @Test func `A port in use is told, with what to do`() async throws {
        let holder = try FaultServer { _ in .json("{}") }
        defer { holder.stop() }
        let binary = try Binary()
        let answer = try await binary.call("serve", "--port", "\(holder.port)", "--store", binary.store)
        #expect(answer.status == 1)
        #expect(answer.errors.contains("127.0.0.1:\(holder.port) is in use already; end what listens there"))
    }

    @Test func `Its log tells what was asked and no secret`() async throws {
        let binary = try Binary()
        let (token, log) = ("a-secret-of-good-length", binary.place.path + "/log")
        try "\(token)\n".write(toFile: binary.place.path + "/token", atomically: true, encoding: .utf8)
        chmod(binary.place.path + "/token", 0o600)
        let status = try await binary.calling(
            "serve", "--port", "0", "--store", binary.store, "--token-file", binary.place.path + "/token",
            environment: ["RUNWATCH_LOG": log]
        ) { pid in
            let port = try await binary.servedPort()
            let headers = [("Authorization", "Bearer \(token)")]
            let asked = try await RawConnection.ask(
                port, "GET", "/api/2.0/mlflow/experiments/get?experiment_id=0&sig=hidden", nil, headers)
            #expect(asked.status == 200)
            let wrong = [("Authorization", "Bearer wrong-secret-of-length")]
            #expect(try await RawConnection.ask(port, "GET", "/", nil, wrong).status == 401)
            kill(pid, SIGTERM)
        }
        #expect(status == 0)
        let lines = try String(contentsOfFile: log, encoding: .utf8)
        #expect(lines.contains("GET /api/2.0/mlflow/experiments/get 200"))
        for secret in [token, "wrong-secret", "hidden"] { #expect(!lines.contains(secret)) }
        #expect(try !binary.said().contains(token))
    }
}
