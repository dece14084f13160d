package dev.magpie.scheduler;

import java.util.concurrent.atomic.AtomicInteger;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Small changes to the byte code of one method; see {@link ModelWorld}. */
final class ModelEdits {

    /** The engine's package, as class files write it. */
    static final String ENGINE = "dev/magpie/scheduler/";

    private static final String COUNTERS = ENGINE + "WorkerCounters";
    private static final String FLAWS = ENGINE + "PoolFlaw";

    /** A change to methods of one class; counts where it was made. */
    abstract static class Edit {
        private final String type;
        private final String method;
        private final AtomicInteger places = new AtomicInteger();

        /**
         * @param type the class's name below the engine's package
         * @param method the method's name, or "*" for all but constructors and initializers
         */
        Edit(String type, String method) {
            this.type = ENGINE + type;
            this.method = method;
        }

        final boolean fits(String className, String name) {
            return className.equals(type)
                    && (name.equals(method) || method.equals("*") && !name.startsWith("<"));
        }

        final boolean countIf(boolean found) {
            places.addAndGet(found ? 1 : 0);
            return found;
        }

        final int places() {
            return places.get();
        }

        /** Throws if the source has changed, so that the edit fits nowhere any more. */
        final void requirePlace() {
            if (places.get() == 0) {
                throw new IllegalStateException("nothing to edit in " + type + "." + method);
            }
        }

        abstract MethodVisitor apply(ClassVisitor owner, MethodVisitor next, String descriptor);
    }

    private ModelEdits() {}

    /** The method does nothing; returns 0, false or null. */
    static Edit empty(String type, String method) {
        return new Edit(type, method) {
            @Override
            MethodVisitor apply(ClassVisitor owner, MethodVisitor next, String descriptor) {
                boolean unused = countIf(true);
                next.visitCode();
                returnConstant(next, Type.getReturnType(descriptor), false);
                next.visitMaxs(0, 0);
                next.visitEnd();
                return null;
            }
        };
    }

    /** An int constant is another one. */
    static Edit constant(String type, String method, int from, int to) {
        return new Edit(type, method) {
            @Override
            MethodVisitor apply(ClassVisitor owner, MethodVisitor next, String descriptor) {
                return new MethodVisitor(Opcodes.ASM9, next) {
                    @Override
                    public void visitIntInsn(int opcode, int operand) {
                        boolean found = countIf(opcode != Opcodes.NEWARRAY && operand == from);
                        super.visitIntInsn(opcode, found ? to : operand);
                    }
                };
            }
        };
    }

    /** Objects of a subclass are made in place of those of a class, with the same constructor. */
    static Edit makeSubclass(String type, String method, String from, String to) {
        return new Edit(type, method) {
            @Override
            MethodVisitor apply(ClassVisitor owner, MethodVisitor next, String descriptor) {
                return new MethodVisitor(Opcodes.ASM9, next) {
                    @Override
                    public void visitTypeInsn(int opcode, String name) {
                        boolean found = opcode == Opcodes.NEW && name.equals(ENGINE + from);
                        super.visitTypeInsn(opcode, countIf(found) ? ENGINE + to : name);
                    }

                    @Override
                    public void visitMethodInsn(
                            int opcode, String target, String name, String desc, boolean itf) {
                        boolean found = name.equals("<init>") && target.equals(ENGINE + from);
                        super.visitMethodInsn(
                                opcode, found ? ENGINE + to : target, name, desc, itf);
                    }
                };
            }
        };
    }

    /** A call goes through a new method, which makes it unless the flaw is alive. */
    static Edit flaw(PoolFlaw flaw) {
        return new Edit(flaw.type, flaw.method) {
            @Override
            MethodVisitor apply(ClassVisitor owner, MethodVisitor next, String descriptor) {
                return new MethodVisitor(Opcodes.ASM9, next) {
                    @Override
                    public void visitMethodInsn(
                            int opcode, String target, String name, String desc, boolean itf) {
                        if (!countIf(name.equals(flaw.callee))) {
                            super.visitMethodInsn(opcode, target, name, desc, itf);
                            return;
                        }
                        String bridge = "unless" + flaw + places();
                        String all =
                                opcode == Opcodes.INVOKESTATIC
                                        ? desc
                                        : "(L" + target + ";" + desc.substring(1);
                        super.visitMethodInsn(
                                Opcodes.INVOKESTATIC, ENGINE + flaw.type, bridge, all, false);
                        addBridge(owner, flaw, bridge, all, opcode, target, name, desc, itf);
                    }
                };
            }
        };
    }

    private static void addBridge(
            ClassVisitor owner,
            PoolFlaw flaw,
            String bridge,
            String all,
            int opcode,
            String target,
            String name,
            String desc,
            boolean itf) {
        MethodVisitor body =
                owner.visitMethod(
                        Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC, bridge, all, null, null);
        body.visitCode();
        body.visitIntInsn(Opcodes.BIPUSH, flaw.ordinal());
        body.visitMethodInsn(Opcodes.INVOKESTATIC, FLAWS, "isAlive", "(I)Z", false);
        Label sound = new Label();
        body.visitJumpInsn(Opcodes.IFEQ, sound);
        returnConstant(body, Type.getReturnType(desc), flaw.answer);
        body.visitLabel(sound);
        body.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        int local = 0;
        for (Type argument : Type.getArgumentTypes(all)) {
            body.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), local);
            local += argument.getSize();
        }
        body.visitMethodInsn(opcode, target, name, desc, itf);
        body.visitInsn(Type.getReturnType(desc).getOpcode(Opcodes.IRETURN));
        body.visitMaxs(0, 0);
        body.visitEnd();
    }

    /**
     * What all methods go through. Time is the model's; waits on a monitor are not timed; the
     * counters of the workers are neither read nor written; threads are started as threads, since
     * the checker does not know the subclass.
     */
    static MethodVisitor everywhere(MethodVisitor next) {
        return new MethodVisitor(Opcodes.ASM9, next) {
            @Override
            public void visitMethodInsn(
                    int opcode, String owner, String name, String desc, boolean itf) {
                String target = owner;
                String given = desc;
                if (owner.equals("java/lang/System") && name.equals("nanoTime")) {
                    target = ENGINE + "ModelParker";
                } else if (owner.equals(ENGINE + "WorkerThread") && name.equals("start")) {
                    target = "java/lang/Thread";
                } else if (name.equals("wait") && desc.equals("(J)V")) {
                    visitInsn(Opcodes.POP2);
                    given = "()V";
                }
                super.visitMethodInsn(opcode, target, name, given, itf);
            }

            @Override
            public void visitFieldInsn(int opcode, String owner, String name, String desc) {
                if (!owner.equals(COUNTERS)) {
                    super.visitFieldInsn(opcode, owner, name, desc);
                    return;
                }
                Type type = Type.getType(desc);
                if (opcode == Opcodes.PUTFIELD) {
                    visitInsn(type.getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
                }
                visitInsn(Opcodes.POP);
                if (opcode == Opcodes.GETFIELD) {
                    pushConstant(this, type, false);
                }
            }
        };
    }

    private static void returnConstant(MethodVisitor target, Type type, boolean answer) {
        pushConstant(target, type, answer);
        target.visitInsn(type.getOpcode(Opcodes.IRETURN));
    }

    private static void pushConstant(MethodVisitor target, Type type, boolean answer) {
        switch (type.getSort()) {
            case Type.VOID -> {}
            case Type.LONG -> target.visitInsn(Opcodes.LCONST_0);
            case Type.OBJECT, Type.ARRAY -> target.visitInsn(Opcodes.ACONST_NULL);
            default -> target.visitInsn(answer ? Opcodes.ICONST_1 : Opcodes.ICONST_0);
        }
    }
}
