#pragma once
/// What the processor at hand can do, asked in one place, and code compiled for each kind of processor.

namespace quartic {

/// Each has all of the one before. avx2: with fused multiply-add (x86-64-v3); avx512: F, BW, DQ and VL
/// (x86-64-v4); baseline: what the compiler was told of, on any processor.
enum class InstructionSet { baseline, avx2, avx512 };

/// The most that this processor has. A few instructions: it need not be kept.
inline InstructionSet processor_instructions() {
#if defined(__x86_64__)
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return InstructionSet::baseline;
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                 __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")
             ? InstructionSet::avx512
             : InstructionSet::avx2;
#else
  return InstructionSet::baseline;
#endif
}

inline bool processor_has(InstructionSet set) {
  return set <= processor_instructions();
}

}  // namespace quartic

namespace quartic::detail {

/// OnProcessor<loop>::run(arguments...) runs a function as compiled for this processor. `loop` is
/// always_inline and simple: it becomes vectors of the width at hand. Its source has contraction off, so
/// that bits do not depend on the processor.
template <auto loop>
struct OnProcessor;

template <class... Arguments, void (*loop)(Arguments...)>
struct OnProcessor<loop> {
  static void run(Arguments... arguments) {
#if defined(__x86_64__)
    const InstructionSet set = processor_instructions();
    if (set == InstructionSet::avx512) return with_avx512(arguments...);
    if (set == InstructionSet::avx2) return with_avx2(arguments...);
#endif
    loop(arguments...);
  }

 private:
#if defined(__x86_64__)
  [[gnu::target("avx512f")]] static void with_avx512(Arguments... arguments) {
    loop(arguments...);
  }
  [[gnu::target("avx2")]] static void with_avx2(Arguments... arguments) {
    loop(arguments...);
  }
#endif
};

}  // namespace quartic::detail
