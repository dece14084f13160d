package dev.magpie.scheduler.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuQuotaTest {

    @TempDir private Path root;

    private void file(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content + "\n");
    }

    @Test
    void nothingIsKnownWithoutProc() {
        assertThat(CpuQuota.read(root)).isEmpty();
    }

    @Test
    void aUnifiedGroupHasItsQuota() throws IOException {
        file("proc/self/cgroup", "0::/kubepods/pod7");
        file("sys/fs/cgroup/kubepods/pod7/cpu.max", "150000 100000");
        assertThat(CpuQuota.read(root)).hasValue(1.5);
    }

    @Test
    void theTightestGroupOnTheWayUpCounts() throws IOException {
        file("proc/self/cgroup", "0::/a/b");
        file("sys/fs/cgroup/a/b/cpu.max", "300000 100000");
        file("sys/fs/cgroup/a/cpu.max", "50000 100000");
        file("sys/fs/cgroup/cpu.max", "max 100000");
        assertThat(CpuQuota.read(root)).hasValue(0.5);
    }

    @Test
    void maxIsNoQuota() throws IOException {
        file("proc/self/cgroup", "0::/");
        file("sys/fs/cgroup/cpu.max", "max 100000");
        assertThat(CpuQuota.read(root)).isEmpty();
    }

    @Test
    void aGroupThatTheMountDoesNotShowFallsBackToItsParents() throws IOException {
        file("proc/self/cgroup", "0::/outside/the/container");
        file("sys/fs/cgroup/cpu.max", "200000 100000");
        assertThat(CpuQuota.read(root)).hasValue(2.0);
    }

    @Test
    void theLegacyHierarchyHasItsQuota() throws IOException {
        file("proc/self/cgroup", "4:memory:/box\n3:cpu,cpuacct:/box");
        file("sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_quota_us", "400000");
        file("sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_period_us", "100000");
        file("sys/fs/cgroup/memory/box/cpu.cfs_quota_us", "1");
        assertThat(CpuQuota.read(root)).hasValue(4.0);
    }

    @Test
    void minusOneIsNoQuota() throws IOException {
        file("proc/self/cgroup", "1:cpu:/");
        file("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1");
        file("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000");
        assertThat(CpuQuota.read(root)).isEmpty();
    }

    @Test
    void nonsenseIsNoQuota() throws IOException {
        file("proc/self/cgroup", "0::/\nrubbish\n1:cpu");
        file("sys/fs/cgroup/cpu.max", "lots of it");
        assertThat(CpuQuota.read(root)).isEmpty();
    }

    @Test
    void aGroupAboveTheMountIsThatOfTheMount() throws IOException {
        file("proc/self/cgroup", "0::/../../elsewhere\n1:cpu:");
        file("elsewhere/cpu.max", "100000 100000");
        file("sys/fs/cgroup/cpu.max", "300000 100000");
        assertThat(CpuQuota.read(root)).hasValue(3.0);
    }
}
