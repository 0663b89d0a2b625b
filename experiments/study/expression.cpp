#include "experiments/study/expression.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <set>
#include <utility>

#include "core/number_text.hpp"
#include "core/options.hpp"
#include "core/require.hpp"
#include "core/words.hpp"

namespace quartic {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool starts_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

using Numbers = std::span<const double>;

/// What stands for an operation in a formula. A truth is 1 or 0.
struct Sign {
  std::string_view text;
  double (*apply)(Numbers);
};
constexpr std::array<Sign, 6> comparators = {{{"<=", [](Numbers a) { return a[0] <= a[1] ? 1.0 : 0; }},
                                              {">=", [](Numbers a) { return a[0] >= a[1] ? 1.0 : 0; }},
                                              {"==", [](Numbers a) { return a[0] == a[1] ? 1.0 : 0; }},
                                              {"!=", [](Numbers a) { return a[0] != a[1] ? 1.0 : 0; }},
                                              {"<", [](Numbers a) { return a[0] < a[1] ? 1.0 : 0; }},
                                              {">", [](Numbers a) { return a[0] > a[1] ? 1.0 : 0; }}}};
constexpr std::array<Sign, 2> functions_of_several = {
    {{"min", [](Numbers a) { return *std::min_element(a.begin(), a.end()); }},
     {"max", [](Numbers a) { return *std::max_element(a.begin(), a.end()); }}}};
constexpr std::array<Sign, 6> functions_of_one = {{{"round", [](Numbers a) { return std::round(a[0]); }},
                                                   {"ceil", [](Numbers a) { return std::ceil(a[0]); }},
                                                   {"floor", [](Numbers a) { return std::floor(a[0]); }},
                                                   {"sqrt", [](Numbers a) { return std::sqrt(a[0]); }},
                                                   {"log", [](Numbers a) { return std::log(a[0]); }},
                                                   {"exp", [](Numbers a) { return std::exp(a[0]); }}}};

std::string in_quotes(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

[[noreturn]] void unknown_name(const std::string& name, Index position, std::span<const std::string> known) {
  throw InvalidInput("unknown name " + in_quotes(name) + " at character " + std::to_string(position) +
                     " (the names here are " + joined(known) + "). " +
                     did_you_mean(name, known, "Use one of these."));
}

}  // namespace

/// Recursive descent; emits postfix steps.
class Expression::Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  std::vector<Step> parse(Kind wanted) {
    skip_space();
    if (at_end() && wanted == Kind::number)
      fail("the formula is empty", "it stands for a number", "Write one, for example \"2*n\".");
    if (at_end()) fail("the condition is empty", "it compares numbers", "Write one such as \"noise < 2\".");
    const Kind found = disjunction();
    if (!at_end()) unexpected();
    if (wanted == Kind::number)
      need_number(found);
    else
      need_condition(found);
    return std::move(steps_);
  }

 private:
  static constexpr int deepest = 200;

  struct Level {  // one level of nesting, so that no formula can exhaust the stack
    explicit Level(Parser& parser) : parser_(parser) {
      if (++parser_.depth_ > deepest)
        parser_.fail("the formula is nested too deeply", "at most 200 levels", "Simplify it.");
    }
    ~Level() { --parser_.depth_; }
    Parser& parser_;
  };

  bool at_end() const { return next_ >= text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[next_]; }
  Index position() const { return static_cast<Index>(next_) + 1; }
  void skip_space() {
    while (!at_end() && is_space(text_[next_])) ++next_;
  }
  bool take(char c) {
    if (at_end() || text_[next_] != c) return false;
    ++next_;
    skip_space();
    return true;
  }
  void emit(Index arguments, Apply apply) { steps_.push_back({.apply = apply, .arguments = arguments}); }

  [[noreturn]] void fail(const std::string& problem, const std::string& why,
                         const std::string& remedy) const {
    throw InvalidInput(problem + " at character " + std::to_string(position()) + " (" + why + "). " + remedy);
  }

  /// A word of its own: "and" in "a and b", not in "android".
  bool take_word(std::string_view word) {
    if (!text_.substr(next_).starts_with(word)) return false;
    const std::size_t after = next_ + word.size();
    if (after < text_.size() && (starts_name(text_[after]) || is_digit(text_[after]))) return false;
    next_ = after;
    skip_space();
    return true;
  }
  bool take_sign(std::string_view sign) {
    if (!text_.substr(next_).starts_with(sign)) return false;
    next_ += sign.size();
    skip_space();
    return true;
  }

  void need_number(Kind found) const {
    if (found == Kind::condition)
      fail("a comparison ends", "a number is needed here, and a comparison is none",
           "Write a formula such as \"2*n\".");
  }
  void need_condition(Kind found) const {
    if (found == Kind::number)
      fail("a number ends", "a condition is needed here: it compares two numbers",
           "Write one such as \"noise < 2\".");
  }

  Kind disjunction() {
    const Kind first = conjunction();
    while (take_word("or")) {
      need_condition(first);
      need_condition(conjunction());
      emit(2, [](Numbers a) { return a[0] != 0 || a[1] != 0 ? 1.0 : 0; });
    }
    return first;
  }

  Kind conjunction() {
    const Kind first = negation();
    while (take_word("and")) {
      need_condition(first);
      need_condition(negation());
      emit(2, [](Numbers a) { return a[0] != 0 && a[1] != 0 ? 1.0 : 0; });
    }
    return first;
  }

  Kind negation() {
    if (!take_word("not")) return comparison();
    const Level level(*this);
    need_condition(negation());
    emit(1, [](Numbers a) { return a[0] == 0 ? 1.0 : 0; });
    return Kind::condition;
  }

  /// Null where none stands here.
  Apply comparator() {
    for (const Sign& sign : comparators)
      if (take_sign(sign.text)) return sign.apply;
    return nullptr;
  }

  Kind comparison() {
    const Kind first = sum();
    const Apply operation = comparator();
    if (!operation) return first;
    need_number(first);
    need_number(sum());
    emit(2, operation);
    if (comparator())
      fail("a second comparison", "two comparisons are joined by \"and\"", "Write a < b and b < c.");
    return Kind::condition;
  }

  [[noreturn]] void unexpected() const {
    if (at_end()) fail("the formula ends", "a number, a name or \"(\" is missing", "Complete it.");
    std::size_t end = next_ + 1;  // past the last byte of this UTF-8 character
    while (end < text_.size() && (static_cast<unsigned char>(text_[end]) & 0xC0u) == 0x80u) ++end;
    const std::string what = "unexpected " + in_quotes(text_.substr(next_, end - next_));
    if (starts_name(peek()) || is_digit(peek()) || peek() == '(')
      fail(what, "an operator is missing before it", "Write a product with *, as in 2*n.");
    if (peek() == '*') fail(what, "a power is written with ^", "Write n^2, not n**2.");
    if (peek() == ')') fail(what, "no \"(\" is open here", "Remove it, or open one.");
    if (peek() == '=') fail(what, "numbers are compared with ==", "Write noise == 2.");
    if (peek() == '&' || peek() == '|' || peek() == '!')
      fail(what, "conditions are joined by words: and, or, not", "Write noise < 2 and relevant > 5.");
    fail(what, "a formula has numbers, names, + - * / ^ ( ) and functions", "Remove it.");
  }

  Kind sum() {
    const Level level(*this);
    const Kind first = product();
    while (true) {
      const bool adds = peek() == '+';
      if (!take('+') && !take('-')) return first;
      need_number(first);
      need_number(product());
      emit(
          2, adds ? [](Numbers a) { return a[0] + a[1]; } : [](Numbers a) { return a[0] - a[1]; });
    }
  }

  Kind product() {
    const Kind first = unary();
    while (true) {
      const bool multiplies = peek() == '*';
      if (!take('*') && !take('/')) return first;
      need_number(first);
      need_number(unary());
      emit(
          2, multiplies ? [](Numbers a) { return a[0] * a[1]; } : [](Numbers a) { return a[0] / a[1]; });
    }
  }

  Kind unary() {
    const Level level(*this);
    const bool negates = peek() == '-';
    if (!take('+') && !take('-')) return power();
    need_number(unary());
    if (negates) emit(1, [](Numbers a) { return -a[0]; });
    return Kind::number;
  }

  Kind power() {
    const Kind base = primary();
    if (!take('^')) return base;
    need_number(base);
    need_number(unary());  // right-associative, and 2^-1 needs no parentheses
    emit(2, [](Numbers a) { return std::pow(a[0], a[1]); });
    return Kind::number;
  }

  Kind primary() {
    if (take('(')) {
      const Kind inside = disjunction();
      close();
      return inside;
    }
    if (is_digit(peek()) || peek() == '.')
      number();
    else if (starts_name(peek()))
      name();
    else
      unexpected();
    return Kind::number;
  }

  void close() {
    if (take(')')) return;
    if (at_end()) fail("the formula ends", "a \")\" is missing", "Close the parenthesis.");
    unexpected();
  }

  void number() {
    const std::optional<NumberAtStart> number = number_at_start(text_.substr(next_));
    if (!number && text_.find_first_of("0123456789", next_) <= next_ + 1)
      fail("a number is out of range", "it does not fit a double", "Use one between 1e-300 and 1e300.");
    if (!number) unexpected();
    next_ += number->length;
    skip_space();
    steps_.push_back({.number = number->value});
  }

  /// The dot of arm.lasso.penalty, not that of a number.
  bool joins_names(std::size_t at) const {
    return text_[at] == '.' && at + 1 < text_.size() && starts_name(text_[at + 1]);
  }

  void name() {
    const Index start = position();
    std::size_t end = next_;
    while (end < text_.size() && (starts_name(text_[end]) || is_digit(text_[end]) || joins_names(end))) ++end;
    const std::string word(text_.substr(next_, end - next_));
    const std::size_t before = std::exchange(next_, end);
    skip_space();
    if (peek() == '(') {
      call(word, before);
    } else {
      steps_.push_back({.name = word, .position = start});
    }
  }

  void call(const std::string& word, std::size_t start) {
    const auto named = [&](const Sign& sign) { return sign.text == word; };
    const auto several = std::find_if(functions_of_several.begin(), functions_of_several.end(), named);
    const auto one = std::find_if(functions_of_one.begin(), functions_of_one.end(), named);
    const bool takes_several = several != functions_of_several.end();
    if (!takes_several && one == functions_of_one.end()) unknown_function(word, start);
    take('(');
    Index arguments = 0;
    do {
      need_number(disjunction());
      ++arguments;
    } while (take(','));
    if (takes_several ? arguments < 2 : arguments != 1)
      fail(word + " has " + std::to_string(arguments) + (arguments == 1 ? " argument" : " arguments"),
           takes_several ? "it takes two or more" : "it takes one",
           "Write " + word + (takes_several ? "(1, n)." : "(n)."));
    close();
    emit(arguments, takes_several ? several->apply : one->apply);
  }

  [[noreturn]] void unknown_function(const std::string& word, std::size_t start) {
    std::vector<std::string> names;
    for (const Sign& function : functions_of_several) names.emplace_back(function.text);
    for (const Sign& function : functions_of_one) names.emplace_back(function.text);
    next_ = start;
    fail("unknown function " + in_quotes(word), "the functions are " + joined(names),
         word == "ln" ? "The natural logarithm is log." : did_you_mean(word, names, "Use one of these."));
  }

  std::string_view text_;
  std::size_t next_ = 0;
  int depth_ = 0;
  std::vector<Step> steps_;
};

Expression::Expression(std::string_view text, Kind kind) : text_(text), steps_(Parser(text_).parse(kind)) {}

std::vector<std::string> Expression::variables() const {
  std::set<std::string> names;
  for (const Step& step : steps_)
    if (!step.name.empty()) names.insert(step.name);
  return {names.begin(), names.end()};
}

void Expression::require_known(std::span<const std::string> names) const {
  for (const Step& step : steps_)
    if (!step.name.empty() && std::find(names.begin(), names.end(), step.name) == names.end())
      unknown_name(step.name, step.position, names);
}

double Expression::evaluate(const Variables& variables) const {
  std::vector<double> stack;
  for (const Step& step : steps_) {
    if (step.apply) {
      const std::size_t first = stack.size() - static_cast<std::size_t>(step.arguments);
      const double value = step.apply(std::span(stack).subspan(first));
      stack.resize(first);
      stack.push_back(value);
    } else if (step.name.empty()) {
      stack.push_back(step.number);
    } else if (const auto found = variables.find(step.name); found != variables.end()) {
      stack.push_back(found->second);
    } else {
      std::vector<std::string> names;
      for (const auto& variable : variables) names.push_back(variable.first);
      unknown_name(step.name, step.position, names);
    }
  }
  return stack.back();
}

Index Expression::evaluate_count(const Variables& variables) const {
  const double value = evaluate(variables);
  const auto n = variables.find("n");
  const std::string where = n == variables.end() ? "" : " at n = " + shortest(n->second);
  if (!(std::abs(value) < 9e15))
    throw InvalidInput(in_quotes(text_) + " is " + shortest(value) + where +
                       " (a count is needed here). Correct the formula.");
  if (value != std::rint(value))
    throw InvalidInput(in_quotes(text_) + " is " + shortest(value) + where +
                       " (a count must come out whole). Write \"round(" + text_ + ")\".");
  return static_cast<Index>(value);
}

}  // namespace quartic
