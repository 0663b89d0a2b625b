#pragma once
/// Formulas in study files: "sqrt(2)*noise*sqrt(2*log(candidates)/n)", "max(1, round(0.04*n))"; and
/// conditions: "candidates > 2*relevant and noise < 3".
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/types.hpp"

namespace quartic {

/// What a formula may quote: n, columns, and the truth's facts (the type of Facts).
using Variables = std::map<std::string, double, std::less<>>;

/// A formula, parsed once and evaluated often; an immutable value.
///
///     sum     = product { (+ | -) product }        product = unary { (* | /) unary }
///     unary   = { + | - } power                    power   = primary [ ^ unary ]
///     primary = number | name | function ( sum { , sum } ) | ( condition )
///
///     condition   = conjunction { or conjunction }     conjunction = negation { and negation }
///     negation    = not negation | sum [ (< | <= | > | >= | == | !=) sum ]
///
/// A name may have parts joined by dots: arm.lasso.penalty. What compares is a truth and no number: the two
/// cannot stand for each other.
/// Precedence is that of mathematics: -2^2 = -4, 2^3^2 = 2^9, 2^-1 = 0.5. Functions: min and max (two or more
/// arguments), round (halves away from zero), ceil, floor, sqrt, log (natural), exp.
class Expression {
 public:
  enum class Kind { number, condition };

  /// Throws InvalidInput that names the character (counted from 1) where the formula stops making sense, and
  /// for a formula of the other kind.
  explicit Expression(std::string_view text, Kind kind = Kind::number);

  const std::string& text() const { return text_; }
  /// The names it quotes, alphabetical, each once.
  std::vector<std::string> variables() const;
  /// Throws InvalidInput for the first name that is not among these; the message suggests the nearest one.
  void require_known(std::span<const std::string> names) const;
  /// The value, of a condition 1 or 0; IEEE rules where mathematics has none (log(0) = -inf). Throws
  /// InvalidInput for an unknown name.
  double evaluate(const Variables& variables) const;
  /// The value as a whole number. Throws InvalidInput that suggests round(...) where it is not one.
  Index evaluate_count(const Variables& variables) const;

 private:
  using Apply = double (*)(std::span<const double> arguments);
  /// One instruction of the formula in postfix order.
  struct Step {
    Apply apply = nullptr;  ///< null: the step is a number or a name
    Index arguments = 0;
    double number = 0;
    std::string name = {};  ///< "": the step is no name
    Index position = 0;     ///< of a name: its first character, counted from 1
  };
  class Parser;

  std::string text_;
  std::vector<Step> steps_;
};

}  // namespace quartic
