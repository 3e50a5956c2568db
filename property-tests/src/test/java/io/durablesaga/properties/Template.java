package io.durablesaga.properties;

/**
 * The place of a node for whatever items: a {@code *} stands for each. Tags name items so that each begins with the one around
 * it, {@code i.0.1} being inside {@code i.0}.
 */
record Template(String place) {
    Template in(String inside) {
        return new Template(place + inside);
    }

    String at(String tag) {
        StringBuilder resolved = new StringBuilder();
        int end = tag.indexOf('.');
        for (int i = 0; i < place.length(); i++) {
            char c = place.charAt(i);
            if (c == '*') {
                end = tag.indexOf('.', end + 1);
                resolved.append(end < 0 ? tag : tag.substring(0, end));
            } else {
                resolved.append(c);
            }
        }
        return resolved.toString();
    }
}
