//! A file of a request, before anything about it is believed.

/// A file as it came.
pub struct ReceivedFile {
    /// The media type that it claims, in lower case and without parameters.
    pub media_type: String,
    /// Its content.
    pub content: Vec<u8>,
}
