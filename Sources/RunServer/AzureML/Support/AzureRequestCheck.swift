import AzureMLWire
import RunModel
import RunServices

/// All that is read of requests by Azure's protocol, for a test that feeds it with anything at all.
package enum AzureRequestCheck {
    /// Reads bytes as each of the messages, and follows what they come to. Nothing of it may trap.
    package static func read(_ bytes: [UInt8]) {
        readRuns(bytes)
        readMetrics(bytes)
        if let definition = try? AzureCoding.decoded(LocalRunDefinition.self, from: bytes) {
            _ = try? LaunchPlan(definition)
        }
        _ = MultipartForm.parts(of: bytes, contentType: "multipart/form-data; boundary=mark")
        _ = try? BlobBlocks.list(bytes)
        let text = String(decoding: bytes, as: UTF8.self)
        _ = try? AzureFilterMapping.condition(text)
        _ = try? AzureOrderMapping.order(text)
        _ = try? AzurePageToken.token(text)
        _ = AzureToken.user(in: text)
        precondition(BlobName.decoded(BlobName.encoded(text)) == text)
        if let time = AzureTime(text: text) { precondition(AzureTime(text: time.text) == time) }
    }

    private static func readRuns(_ bytes: [UInt8]) {
        if let dto = try? AzureCoding.decoded(CreateRunDto.self, from: bytes) {
            let draft = AzureDraftMapping.draft(dto, id: RunID("a"), in: .name("e"), user: "")
            let moment = draft.startedAt ?? Timestamp(milliseconds: 0)
            let run = Run(
                id: RunID("a"), experimentID: ExperimentID("1"), name: "", status: .running, createdAt: moment)
            _ = AzureCoding.text(AzureRunMapping.dto(HostedRun(run: run, document: draft.document)))
        }
        if let event = try? AzureCoding.decoded(RunEventDto.self, from: bytes) {
            let run = Run(
                id: RunID("a"), experimentID: ExperimentID("1"), name: "", status: .running,
                createdAt: Timestamp(milliseconds: 0))
            _ = AzureEventMapping.meaning(of: event, on: HostedRun(run: run))
        }
        if let query = try? AzureCoding.decoded(QueryParamsDto.self, from: bytes) {
            _ = try? AzureExperimentMapping.search(query)
        }
        if let change = try? AzureCoding.decoded(ModifyExperimentDto.self, from: bytes) {
            _ = AzureExperimentMapping.edit(change)
        }
    }

    private static func readMetrics(_ bytes: [UInt8]) {
        let batch = try? AzureCoding.decoded(BatchMetricV2Dto.self, from: bytes)
        for metric in batch?.values ?? [] {
            for row in AzureMetricMapping.rows(metric, at: Timestamp(milliseconds: 0)).rows {
                _ = AzureCoding.text(AzureMetricMapping.value(row, columns: metric.columns))
            }
        }
    }
}
