import RunModel
import Testing

struct FilterStatusTests {
    @Test(arguments: [
        ("status:running", "Running"),
        ("status = RUNNING", "Running"),
        ("status = 'FINISHED'", "Completed"),
        ("status:finished", "Completed"),
        ("status = completed", "Completed"),
        ("status = 'KILLED'", "Canceled"),
        ("status:kill", "Canceled"),
        ("status = 'SCHEDULED'", "Queued"),
        ("status = provisioning", "Preparing"),
        ("status:cancel", "CancelRequested Canceled"),
        ("status:canceled", "Canceled"),
        ("status:ended", "Completed Failed Canceled"),
        ("status = terminal", "Completed Failed Canceled"),
        ("status:end", "Completed Failed Canceled"),
        ("status != active", "Completed Failed Canceled Odd"),
        (
            "status:active",
            "NotStarted Queued Preparing Running Finalizing CancelRequested Paused NotResponding"
        ),
        (
            "status:act",
            "NotStarted Queued Preparing Running Finalizing CancelRequested Paused NotResponding"
        ),
        ("status in (failed, 'KILLED', odd)", "Failed Canceled Odd"),
        ("status not in (active, odd)", "Completed Failed Canceled"),
        ("status ~ '^(Que|Odd)'", "Queued Odd"),
        ("status LIKE 'FIN%'", "Completed"),
        ("status LIKE 'Fin%'", "Finalizing"),
        ("status ilike 'fin%'", "Finalizing Completed"),
        ("status = odd", "Odd"),
        ("status:dd", "Odd"),
        ("status = bogus", ""),
        ("status is null", ""),
        ("-status:active -status:ended", "Odd"),
    ])
    func finds(filter: String, words: String) throws {
        let parsed = try Filter.parse(filter)
        let found = (RunStatus.known + [.unknown("Odd")]).filter { parsed.matches(sampleRun(status: $0), at: now) }
        #expect(found.map(\.word).joined(separator: " ") == words)
    }
}
