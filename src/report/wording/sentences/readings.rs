//! Words around what the measures read, section by section.

sentences! {
    /// Heading of what was not measured in a section.
    pub const NOT_MEASURED_HERE = en "Not measured here", fr "Non mesuré ici";
    /// Before the source of a measure.
    pub const SOURCE_POINT = "Source.";
    /// Before what the threshold of detection does to a measure.
    pub const SENSITIVITY_POINT = en "What the detector's threshold does to it.", fr "Effet du seuil du détecteur.";
    /// Before what a measure cannot tell.
    pub const CANNOT_TELL_POINT = en "What it cannot tell.", fr "Ce qu’elle ne dit pas.";
    /// Caption of what one measure read.
    pub fn read_caption(capability: &str) = en "{capability}: what was read.", fr "{capability} : ce qui a été relevé.";
    /// Heading of the capabilities that were not measured.
    pub const NOT_MEASURED_HEADING = en "Capabilities that were not measured", fr "Capacités qui n’ont pas été mesurées";
    /// Caption of their table.
    pub const NOT_MEASURED_CAPTION =
        en "Systems on the market offer more than was measured here. A capability in this table is neither shown nor excluded by \
            this report.",
        fr "Les systèmes du commerce offrent plus que ce qui a été mesuré ici. Une capacité figurant dans ce tableau n’est ni \
            démontrée ni exclue par le présent rapport.";
    /// Columns of their table.
    pub const NOT_MEASURED_COLUMNS[2] = (en "Capability", fr "Capacité") (en "Why not", fr "Motif");
}
