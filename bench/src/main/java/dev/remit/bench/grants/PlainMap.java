package dev.remit.bench.grants;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The least there can be: a look-up in a table and a comparison. */
final class PlainMap implements Engine {
    private final Map<String, String> folders = new HashMap<>();
    private final List<Workload.Grant> asked;

    PlainMap(Workload workload) {
        workload.all().forEach(one -> folders.put(key(one), one.folder() + "/"));
        asked = workload.asked();
    }

    @Override
    public boolean allows(int request) {
        Workload.Grant one = asked.get(request);
        String folder = folders.get(key(one));
        return folder != null && one.file().startsWith(folder);
    }

    private static String key(Workload.Grant one) {
        return one.agent() + " " + one.tool();
    }
}
