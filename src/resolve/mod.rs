//! Which extracted people, bodies, meetings and awards are the same one: pure functions of what documents say.
