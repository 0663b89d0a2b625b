#pragma once
/// A world is options, from which truths are drawn.
#include <memory>
#include <string>

#include "core/truth.hpp"

namespace quartic {

/// Options of a world: name(), task(), fingerprint() and draw(truth stream) -> Truth.
template <class T>
concept Drawable = requires(const T& world, Stream stream) {
  { world.name() } -> std::convertible_to<std::string>;
  { world.task() } -> std::same_as<Task>;
  { world.fingerprint() } -> std::convertible_to<std::string>;
  { world.draw(std::move(stream)) } -> std::same_as<Truth>;
};

/// Any such struct as an immutable value.
class World {
 public:
  template <class T>
  requires(!std::same_as<T, World>) && Drawable<T> World(T world)
      : self_(std::make_shared<const Holder<T>>(std::move(world))) {}

  std::string name() const { return self_->name(); }
  Task task() const { return self_->task(); }
  /// The options as canonical JSON.
  std::string fingerprint() const { return self_->fingerprint(); }
  Truth draw(Stream truth) const { return self_->draw(std::move(truth)); }

 private:
  struct Interface {
    virtual ~Interface() = default;
    virtual std::string name() const = 0;
    virtual Task task() const = 0;
    virtual std::string fingerprint() const = 0;
    virtual Truth draw(Stream) const = 0;
  };
  template <class T>
  struct Holder final : Interface {
    explicit Holder(T world) : world_(std::move(world)) {}
    std::string name() const override { return world_.name(); }
    Task task() const override { return world_.task(); }
    std::string fingerprint() const override { return world_.fingerprint(); }
    Truth draw(Stream truth) const override { return world_.draw(std::move(truth)); }
    T world_;
  };
  std::shared_ptr<const Interface> self_;
};

}  // namespace quartic
