//! The interface that the pipeline uses: frames' detections in, finished tracks out.
