package dev.magpie.scheduler;

import dev.magpie.scheduler.ModelEdits.Edit;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/**
 * The engine as a model checker can run it: a copy of the compiled classes under another package
 * name, with a few methods changed, so that the sources need no switch for tests. The change is the
 * smallest that will do: parkers whose waits the checker sees, a clock that stands still, tiny
 * buffers, short searches, no instruments and no probing of the stack. A mutant is one change more.
 *
 * <p>Not a class loader: Lincheck finds and keeps classes by their names alone.
 */
final class ModelWorld {

    private static final ModelWorld WORLD = new ModelWorld();

    private static final String PREFIX = "model/";

    private final List<Edit> edits = new ArrayList<>();

    private ModelWorld() {
        edits.add(ModelEdits.makeSubclass("Worker", "<init>", "Parker", "ModelParker"));
        edits.add(ModelEdits.makeSubclass("Waiter", "await", "Parker", "ModelParker"));
        edits.add(ModelEdits.constant("SubmissionQueue", "<init>", 512, 2));
        edits.add(ModelEdits.constant("deque/WorkStealingDeque", "<init>", 64, 2));
        edits.add(ModelEdits.constant("WorkSearch", "seek", 28, 1));
        edits.add(ModelEdits.constant("HelpingJoin", "waitFor", 28, 1));
        edits.add(ModelEdits.empty("WorkSearch", "pause"));
        edits.add(ModelEdits.empty("Worker", "isBlocked"));
        edits.add(ModelEdits.empty("Worker", "interrupt"));
        edits.add(ModelEdits.empty("StackHeadroom", "ensure"));
        edits.add(ModelEdits.empty("StackHeadroom", "ensureForWait"));
        edits.add(ModelEdits.empty("WorkerProbe", "*"));
        edits.add(ModelEdits.empty("Instruments", "enqueued"));
        for (PoolFlaw flaw : PoolFlaw.values()) {
            if (flaw != PoolFlaw.NONE) {
                edits.add(ModelEdits.flaw(flaw));
            }
        }
        try {
            Path jar = Files.createTempFile("magpie-model", ".jar");
            jar.toFile().deleteOnExit();
            write(jar);
            ByteBuddyAgent.install().appendToSystemClassLoaderSearch(new JarFile(jar.toFile()));
        } catch (IOException | URISyntaxException ex) {
            throw new IllegalStateException(ex);
        }
        edits.forEach(Edit::requirePlace);
    }

    /** Runs a scenario, a class with a constructor without parameters, under many schedules. */
    static void check(Class<? extends Runnable> scenario, PoolFlaw flaw, int invocations) {
        Runnable model = WORLD.instanceOf(scenario);
        PoolFlaw.choose(flaw);
        Lincheck.runConcurrentTest(invocations, model);
    }

    /** Checks a class of operations of the model's copy. */
    static void check(Class<?> operations, PoolFlaw flaw, ModelCheckingOptions options) {
        Class<?> copy = WORLD.copyOf(operations);
        PoolFlaw.choose(flaw);
        options.check(copy);
    }

    private Runnable instanceOf(Class<? extends Runnable> scenario) {
        try {
            Constructor<?> constructor = copyOf(scenario).getDeclaredConstructor();
            constructor.setAccessible(true);
            return (Runnable) constructor.newInstance();
        } catch (ReflectiveOperationException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private Class<?> copyOf(Class<?> original) {
        String name = PREFIX.replace('/', '.') + original.getName();
        try {
            return Class.forName(name, true, ClassLoader.getSystemClassLoader());
        } catch (ClassNotFoundException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private void write(Path jar) throws IOException, URISyntaxException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Class<?> origin : List.of(Pool.class, ModelWorld.class)) {
                Path root =
                        Path.of(origin.getProtectionDomain().getCodeSource().getLocation().toURI());
                try (Stream<Path> files = Files.walk(root.resolve(ModelEdits.ENGINE))) {
                    for (Path path : (Iterable<Path>) files.filter(ModelWorld::isPart)::iterator) {
                        out.putNextEntry(new ZipEntry(PREFIX + root.relativize(path)));
                        out.write(edited(Files.readAllBytes(path)));
                    }
                }
            }
        }
    }

    private static boolean isPart(Path path) {
        String name = path.getFileName().toString();
        return name.endsWith(".class")
                && (!path.toString().contains("test-classes")
                        || name.startsWith("ModelParker")
                        || name.startsWith("PoolScenarios")
                        || name.startsWith("TaskScenarios")
                        || name.startsWith("DequeLedger")
                        || name.startsWith("SubmissionLedger"));
    }

    private byte[] edited(byte[] original) {
        ClassReader reader = new ClassReader(original);
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        String type = reader.getClassName();
        ClassVisitor renaming =
                new ClassRemapper(
                        writer,
                        new Remapper(Opcodes.ASM9) {
                            @Override
                            public String map(String name) {
                                return name.startsWith(ModelEdits.ENGINE)
                                                && !name.endsWith("/PoolFlaw")
                                        ? PREFIX + name
                                        : name;
                            }
                        });
        ClassVisitor editing =
                new ClassVisitor(Opcodes.ASM9, renaming) {
                    @Override
                    public FieldVisitor visitField(
                            int access, String name, String desc, String signature, Object value) {
                        return type.endsWith("Pad")
                                ? null
                                : super.visitField(access, name, desc, signature, value);
                    }

                    @Override
                    public MethodVisitor visitMethod(
                            int access,
                            String name,
                            String desc,
                            String signature,
                            String[] thrown) {
                        MethodVisitor method =
                                super.visitMethod(access, name, desc, signature, thrown);
                        if ((access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) != 0) {
                            return method;
                        }
                        method = ModelEdits.everywhere(method);
                        for (Edit edit : edits) {
                            if (method != null && edit.fits(type, name)) {
                                method = edit.apply(cv, method, desc);
                            }
                        }
                        return method;
                    }
                };
        reader.accept(editing, 0);
        return writer.toByteArray();
    }
}
