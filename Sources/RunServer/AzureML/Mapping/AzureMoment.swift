import AzureMLWire
import RunModel

/// Moments between the protocol's texts and ours.
enum AzureMoment {
    /// Nil for a text that is no time.
    static func timestamp(_ text: String) -> Timestamp? { AzureTime(text: text).map(timestamp) }

    static func timestamp(_ time: AzureTime) -> Timestamp { Timestamp(milliseconds: time.milliseconds) }

    static func time(_ moment: Timestamp) -> AzureTime { AzureTime(milliseconds: moment.milliseconds) }
}
