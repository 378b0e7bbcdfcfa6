package import AzureMLWire
package import RunModel

/// Moments between the protocol's texts and ours.
package enum AzureMoment {
    /// Nil for a text that is no time.
    package static func timestamp(_ text: String) -> Timestamp? { AzureTime(text: text).map(timestamp) }

    /// The same moment.
    package static func timestamp(_ time: AzureTime) -> Timestamp { Timestamp(milliseconds: time.milliseconds) }

    /// The same moment, within the years that can be written.
    package static func time(_ moment: Timestamp) -> AzureTime { AzureTime(milliseconds: moment.milliseconds) }
}
