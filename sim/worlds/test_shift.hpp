#pragma once
/// Any world, judged by cases that are recorded otherwise than those it trains on.
#include "core/catalogue.hpp"
#include "core/options.hpp"
#include "core/world.hpp"

namespace quartic {

/// The entry with three options more: test_shift (a word of shift_words but "scale", which changes the cases and not
/// how they are recorded), test_strength and test_block, see sim/worlds/recording.hpp. Unless the shift is "none" the
/// truths' tested() are their own cases, recorded otherwise by the truth stream "shift"; training rows stay. A case
/// keeps its answer, and so its facts, and so does what experts read of it elsewhere: findings() are as they were.
///
/// Risk of a linear rule b, where the truth knows that of rules in its own columns (R): R(T'b, intercept + b'moved) +
/// blur^2 |b|^2, exactly; of classes there is none where blur > 0.
CatalogueEntry<World> with_test_shift(CatalogueEntry<World> entry);

/// Whether a world of these options, all of them, is judged so: by another law than its closed forms are of.
bool has_test_shift(const OptionValues& options);

}  // namespace quartic
