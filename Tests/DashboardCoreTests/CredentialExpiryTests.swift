import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

/// The last minutes of a login that nothing renews.
@Suite struct CredentialExpiryTests {
    private static let remedy = "run `az login --tenant 11111111-2222-3333-4444-555555555555`"

    /// A dashboard whose login ends so many ms after now.
    private func scene(endingIn left: Int64, columns: Int = 120, rows: Int = 40) -> Scene {
        var scene = Scene.opened([.make("a", status: .running)], size: Size(columns: columns, rows: rows))
        scene.world.credentialExpiry = CredentialExpiry(
            moment: scene.dashboard.now.wall.advanced(byMilliseconds: left), remedy: Self.remedy)
        scene.poll()
        return scene
    }

    @Test func `the truth line counts the minutes down from ten`() {
        var scene = scene(endingIn: 660_000)
        #expect(!scene.screen.contains("login ends"))
        for (wait, words) in [
            (60_000, "login ends in 10 min"), (120_000, "login ends in 8 min"), (430_000, "login ends within a minute"),
            (60_000, "login ends now"),
        ] {
            scene.wait(Int64(wait))
            scene.send(.elapsed)
            #expect(scene.screen.contains("\(words) · \(Self.remedy)"), "\(words)")
        }
    }

    @Test func `on a small screen it is told to its end`() {
        let scene = scene(endingIn: 300_000, columns: 80, rows: 24)
        let lines = scene.screen.split(separator: "\n").suffix(2)
        #expect(lines.first?.contains("login ends in 5 min") == true)
        #expect(lines.last?.contains(Self.remedy) == true)
    }

    @Test func `a renewed login ends the countdown`() {
        var scene = scene(endingIn: 300_000)
        scene.world.credentialExpiry = nil
        scene.poll()
        #expect(!scene.screen.contains("login ends"))
    }

    @Test func `after the end the rows stay with their age, and r tries again`() {
        var scene = scene(endingIn: 30_000)
        let error = RunServiceError(.unauthorized, "`az` gives no token. To log in again, \(Self.remedy).")
        scene.world.failures[.poll] = error
        scene.poll()
        scene.wait(120_000)
        scene.send(.elapsed)
        #expect(scene.listed.count == 1)
        #expect(scene.screen.contains("stale 2 m · `az` gives no token. To log in again, \(Self.remedy)."))
        scene.world.failures[.poll] = nil
        scene.world.credentialExpiry = nil
        scene.press(.character("r"))
        scene.settle()
        #expect(scene.dashboard.polling.error == nil)
    }
}
