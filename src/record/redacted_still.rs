//! A still after masking, as a picture file: the one kind of picture that a report takes. It is plain data; what makes one is
//! the room's painter, or a folder of an earlier run from which it is read back, and `tests/tidy.rs` holds the two places.
//! Deliberately not here: pixels, and how a picture is encoded or decoded.

/// A still after masking, as a picture file.
#[derive(Clone, PartialEq, Eq)]
pub struct RedactedStill {
    bytes: Vec<u8>,
    format: StillFormat,
    width: u32,
    height: u32,
    black: bool,
}

/// In which format a still is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StillFormat {
    /// Without loss, for exhibits.
    Png,
    /// Small, for sheets.
    Jpeg,
}

impl RedactedStill {
    /// The file of a picture in which everybody found is masked, with its size. `black`: the frame could not be trusted and
    /// was blacked.
    #[must_use]
    pub fn masked(bytes: Vec<u8>, format: StillFormat, (width, height): (u32, u32), black: bool) -> Self {
        Self {
            bytes,
            format,
            width,
            height,
            black,
        }
    }

    /// The file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its format.
    #[must_use]
    pub fn format(&self) -> StillFormat {
        self.format
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        match self.format {
            StillFormat::Png => "image/png",
            StillFormat::Jpeg => "image/jpeg",
        }
    }

    /// Width and height in pixels.
    #[must_use]
    pub fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    /// The frame could not be trusted and was blacked.
    #[must_use]
    pub fn is_black(&self) -> bool {
        self.black
    }
}

impl std::fmt::Debug for RedactedStill {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "RedactedStill({}x{})", self.width, self.height)
    }
}
