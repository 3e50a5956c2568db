package io.durablesaga.run;

import io.durablesaga.Node;
import io.durablesaga.result.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs nodes beside each other: all to their own end, the first failure in definition order being the cause. */
final class Groups {
    private final Here here;

    Groups(Here here) {
        this.here = here;
    }

    Optional<Cause> parallel(Node.Parallel node) {
        List<Member> members = new ArrayList<>();
        for (Node.Branch branch : node.branches()) {
            members.add(member(here.within(node.name()).with(here.frame().branch()), branch));
        }
        Optional<Cause> first = Optional.empty();
        for (Member member : members) {
            first = earlier(first, member.join());
        }
        members.forEach(member -> here.frame().merge(member.frame()));
        add(members, node.undoInParallel(), here.path(node.name()));
        return first;
    }

    Optional<Cause> forEach(Node.ForEach node) {
        String path = here.path(node.name());
        Lambda<List<Item>> items = Lambda.of(() -> Item.list(node, here.view()));
        if (items.failure() != null) {
            return here.recordFailure(path, items.failure());
        }
        Window window = new Window(node.bound().concurrency());
        for (Item item : items.required()) {
            if (!window.room()) {
                break;
            }
            window.add(member(node, item, path + "[" + item.key() + "]"));
        }
        Optional<Cause> first = window.joinAll();
        window.members().forEach(member -> here.frame().mergeItem(member.name(), member.frame()));
        add(window.members(), node.bound().undoInParallel() && node.bound().concurrency() > 1, path);
        return first;
    }

    private static Member member(Here inside, Node.Branch branch) {
        String name = branch.name();
        Here here = name == null ? inside : inside.within(name);
        return branch.plain().isPresent()
                ? Member.plain("", here, branch.plain().get())
                : Member.branch(String.valueOf(name), inside.path(String.valueOf(name)), here, branch.nodes());
    }

    private Member member(Node.ForEach node, Item item, String path) {
        Here inside = here.under(path, here.frame().item(item.value()));
        if (node.bound().concurrency() == 1) {
            return Member.inline(item.key(), inside, node.body());
        }
        return node.plain().isPresent()
                ? Member.plain(item.key(), inside, node.plain().get())
                : Member.branch(item.key(), path, inside, node.body());
    }

    private void add(List<Member> members, boolean undoInParallel, String path) {
        here.done().add(new Done.Group(path, members.stream().map(Member::done).toList(), undoInParallel));
    }

    private static Optional<Cause> earlier(Optional<Cause> first, Optional<Cause> next) {
        return first.isPresent() ? first : next;
    }

    /** The items under way, joined in order, so that which of them start depends on recorded outcomes alone. */
    private static final class Window {
        private final int concurrency;
        private final List<Member> members = new ArrayList<>();
        private int joined;
        private Optional<Cause> first = Optional.empty();

        Window(int concurrency) {
            this.concurrency = concurrency;
        }

        /** Whether one more may start; waits for the oldest where all places are taken. */
        boolean room() {
            if (members.size() - joined == concurrency) {
                first = earlier(first, members.get(joined++).join());
            }
            return first.isEmpty();
        }

        void add(Member member) {
            members.add(member);
        }

        Optional<Cause> joinAll() {
            while (joined < members.size()) {
                first = earlier(first, members.get(joined++).join());
            }
            return first;
        }

        List<Member> members() {
            return members;
        }
    }
}
