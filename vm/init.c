// SPDX-License-Identifier: GPL-2.0
/*
 * PID 1 of the test machine: loads test_hmm, runs each program of /tests, in
 * alphabetical order, with the arguments that /arguments has, one a line, its
 * output on the second serial port, unloads test_hmm, which waits for every page
 * of its devices to be free, then says how the run ended, and ends QEMU: on x86
 * through its debug exit port (a reboot of two emulated CPUs may hang), on arm64
 * by power off.
 *
 * With hmm_init=shell on the kernel command line it runs busybox on the console
 * instead, and with hmm_init=PATH this one program in place of those of /tests.
 *
 * Each folder of /mutants, where there is that, is tried in turn: its test_hmm.ko
 * is loaded, the programs run with the arguments of its file "first", and again
 * with those of "then"; where there is "until-one-fails", until a program fails.
 * Where there is "programs", those that it names run, without arguments.
 * Both ports say "mutant NAME" before that. The first one after which the kernel is
 * not as it was before is the last one.
 *
 * What verdict/judge asks for on that port is, around the output of each program,
 *	# program NAME
 *	# exit status NAME S	its wait status, 0 or not
 * and at the end
 *	# taint T		/proc/sys/kernel/tainted after the run
 *	# end
 * and as the last line on the console
 *	init: end of the console
 * What cannot be done here is no failure of a test: "# init: WHY" ends the run.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <stdnoreturn.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>

#ifdef __x86_64__
#include <sys/io.h>
#define CONSOLE		"ttyS0"
#define RESULTS		"/dev/ttyS1"
#define RESULT_PORT	makedev(4, 65)
#define EXIT_PORT	0xf4			/* QEMU's isa-debug-exit */
#else
#include <sys/reboot.h>
#define CONSOLE		"ttyAMA0"
#define RESULTS		"/dev/hvc0"
#define RESULT_PORT	makedev(229, 0)
#endif
#define KVM		makedev(10, 232)
#define DMIRROR_NODES	4
#define KMEMLEAK	"/sys/kernel/debug/kmemleak"
#define TESTS		"/tests"
#define MUTANTS		"/mutants"

/* If that fails there is nothing left but to make the kernel panic. */
static noreturn void end_machine(void)
{
	fflush(stdout);
	tcdrain(STDOUT_FILENO);
#ifdef __x86_64__
	if (!ioperm(EXIT_PORT, 1, 1))
		outb(0, EXIT_PORT);
#else
	reboot(RB_POWER_OFF);
#endif
	exit(1);
}

static noreturn void fail(const char *what)
{
	printf("# init: %s: %s\n", what, strerror(errno));
	end_machine();
}

static void mount_on(const char *type, const char *dir)
{
	mkdir(dir, 0755);
	if (mount(type, dir, type, 0, NULL))
		fail(dir);
}

static void make_node(const char *path, dev_t device)
{
	unlink(path);
	if (mknod(path, S_IFCHR | 0600, device))
		fail(path);
}

static void write_to(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0 || write(fd, text, strlen(text)) < 0 || close(fd))
		fail(path);
}

/* With the parameters that the kernel command line has for it. */
static void load_test_hmm(const char *path)
{
	char line[2048], params[256] = "", *word;
	FILE *cmdline = fopen("/proc/cmdline", "r");
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (!cmdline || !fgets(line, sizeof(line), cmdline))
		fail("/proc/cmdline");
	for (word = strtok(line, "\n "); word; word = strtok(NULL, "\n ")) {
		if (strncmp(word, "test_hmm.", 9))
			continue;
		strcat(params, word + 9);
		strcat(params, " ");
	}
	fclose(cmdline);
	if (fd < 0 || syscall(SYS_finit_module, fd, params, 0))
		fail(path);
	close(fd);
}

/* The driver of old kernels registers a character device and no node. */
static void make_dmirror_nodes(void)
{
	char line[80], name[64], path[64];
	unsigned int major, minor;
	FILE *devices = fopen("/proc/devices", "r");

	if (!devices)
		fail("/proc/devices");
	while (fgets(line, sizeof(line), devices)) {
		if (sscanf(line, "%u %63s", &major, name) != 2 ||
		    strcmp(name, "HMM_DMIRROR"))
			continue;
		for (minor = 0; minor < DMIRROR_NODES; minor++) {
			snprintf(path, sizeof(path), "/dev/hmm_dmirror%u", minor);
			make_node(path, makedev(major, minor));
		}
		fclose(devices);
		return;
	}
	errno = ENODEV;
	fail("HMM_DMIRROR");
}

static void open_result_port(void)
{
	struct termios raw;
	int fd;

	make_node(RESULTS, RESULT_PORT);
	fd = open(RESULTS, O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (fd < 0 || tcgetattr(fd, &raw))
		fail(RESULTS);
	cfmakeraw(&raw);
	if (tcsetattr(fd, TCSANOW, &raw) || dup2(fd, STDOUT_FILENO) < 0 ||
	    dup2(fd, STDERR_FILENO) < 0)
		fail(RESULTS);
}

/*
 * kmemleak tells of what is older than five seconds and has not changed since an
 * earlier scan. Some of what is left it finds only with the next scan. It may miss
 * the last few objects of a size, which the arrays of the slab allocator still
 * point to. Returns -1 where the kernel does not have it.
 */
static int find_leaks(int scans)
{
	int fd = open(KMEMLEAK, O_RDWR | O_CLOEXEC);

	if (fd < 0 && errno == ENOENT)
		return -1;
	sleep(6);
	for (; scans; scans--) {
		if (fd < 0 || write(fd, "scan", 4) != 4)
			fail(KMEMLEAK);
		printf("# scanned for leaks\n");
		fflush(stdout);
	}
	return fd;
}

/* What the boot has left is not what the tests leave. */
static void forget_leaks(void)
{
	int fd = find_leaks(2);

	if (fd < 0)
		return;
	if (write(fd, "clear", 5) != 5)
		fail(KMEMLEAK);
	close(fd);
}

/* What nothing points to goes to the console. */
static void report_leaks(void)
{
	int fd = find_leaks(5);
	int console = open("/dev/console", O_WRONLY | O_CLOEXEC);
	char text[4096];
	ssize_t size;

	if (fd < 0)
		return;
	while ((size = read(fd, text, sizeof(text))) > 0)
		if (write(console, text, size) != size)
			fail("/dev/console");
	tcdrain(console);
	close(console);
	close(fd);
}

static int report_taint(void)
{
	char taint[32];
	FILE *file = fopen("/proc/sys/kernel/tainted", "r");

	if (!file || !fgets(taint, sizeof(taint), file))
		fail("/proc/sys/kernel/tainted");
	printf("# taint %s", taint);
	fclose(file);
	return atoi(taint) != 0;
}

/* Whoever holds it is the kernel's doing, or the driver's. */
static int unload_test_hmm(void)
{
	if (!syscall(SYS_delete_module, "test_hmm", 0))
		return 0;
	write_to("/dev/kmsg", "<1>BUG: init: test_hmm cannot be unloaded\n");
	return 1;
}

static void say_end_of_console(void)
{
	write_to("/dev/kmsg", "<5>init: end of the console\n");
}

/*
 * A thread of the kernel may print what was logged, at some time. A console that
 * is given up prints it first.
 */
static void give_up_console(void)
{
	write_to("/sys/class/tty/" CONSOLE "/console", "N");
}

/* Room for the name of a program, then the lines of a file, if there is one. */
static char **read_arguments(const char *path)
{
	FILE *file = fopen(path, "r");
	char **argv = calloc(2, sizeof(*argv));
	char *line = NULL;
	size_t size = 0;
	int argc = 1;

	if (!argv || (!file && errno != ENOENT))
		fail(path);
	while (file && getline(&line, &size, file) > 0) {
		line[strcspn(line, "\n")] = '\0';
		argv[argc++] = strdup(line);
		argv = reallocarray(argv, argc + 1, sizeof(*argv));
		if (!argv || !argv[argc - 1])
			fail(path);
		argv[argc] = NULL;
	}
	free(line);
	if (file)
		fclose(file);
	return argv;
}

static int run_program(const char *path, char **argv)
{
	const char *name = strrchr(path, '/') + 1;
	int status;
	pid_t pid;

	printf("# program %s\n", name);
	fflush(stdout);
	pid = fork();
	if (pid < 0)
		fail("fork");
	if (pid == 0) {
		argv[0] = (char *)path;
		execv(path, argv);
		printf("# init: %s: %s\n", path, strerror(errno));
		fflush(stdout);
		_exit(127);
	}
	/* Orphans of killed tests are reaped on the way. */
	while (wait(&status) != pid)
		;
	printf("# exit status %s %d\n", name, status);
	fflush(stdout);
	return status;
}

static int is_visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* Returns whether one failed, the last one if it is to stop there. */
static int run_all_programs(char **argv, int stop)
{
	struct dirent **program;
	char path[512];
	int i, failed = 0, programs = scandir(TESTS, &program, is_visible, alphasort);

	if (programs < 0)
		fail(TESTS);
	for (i = 0; i < programs && !(failed && stop); i++) {
		snprintf(path, sizeof(path), TESTS "/%s", program[i]->d_name);
		failed |= run_program(path, argv) != 0;
	}
	return failed;
}

static const char *in_folder(const char *name, const char *file)
{
	static char path[512];

	snprintf(path, sizeof(path), MUTANTS "/%s/%s", name, file);
	return path;
}

/* Where the programs take no arguments: those of this list. */
static void run_programs(char **program)
{
	char path[512], *argv[2];

	argv[1] = NULL;
	while (*++program) {
		snprintf(path, sizeof(path), TESTS "/%s", *program);
		run_program(path, argv);
	}
}

/* What a killed test still does in the driver comes to its end, if it ever does. */
static void wait_for_orphans(void)
{
	int tenths;

	for (tenths = 300; tenths; tenths--) {
		pid_t pid;

		do
			pid = waitpid(-1, NULL, WNOHANG);
		while (pid > 0);
		if (pid < 0)
			break;
		usleep(100000);
	}
}

/* Returns whether the kernel is none the worse for it. */
static int try_mutant(const char *name, const char *only)
{
	static const char *const rounds[] = { "first", "then" };
	int until = !access(in_folder(name, "until-one-fails"), F_OK);
	int i, stuck, tainted, failed = 0;
	char text[512];

	snprintf(text, sizeof(text), "<5>init: mutant %s\n", name);
	write_to("/dev/kmsg", text);
	printf("# mutant %s\n", name);
	fflush(stdout);
	load_test_hmm(in_folder(name, "test_hmm.ko"));
	make_dmirror_nodes();
	if (!access(in_folder(name, "programs"), F_OK))
		run_programs(read_arguments(in_folder(name, "programs")));
	for (i = 0; i < 2 && !(failed && until); i++) {
		const char *path = in_folder(name, rounds[i]);
		char **argv;

		if (access(path, F_OK))
			continue;
		argv = read_arguments(path);
		if (only)
			failed |= run_program(only, argv);
		else
			failed |= run_all_programs(argv, until);
	}
	wait_for_orphans();
	stuck = unload_test_hmm();
	tainted = report_taint();
	say_end_of_console();
	printf("# end\n");
	fflush(stdout);
	return !stuck && !tainted;
}

static noreturn void try_mutants(const char *only)
{
	struct dirent **mutant;
	int i, mutants = scandir(MUTANTS, &mutant, is_visible, alphasort);

	if (mutants < 0)
		fail(MUTANTS);
	for (i = 0; i < mutants; i++)
		if (!try_mutant(mutant[i]->d_name, only))
			break;
	give_up_console();
	end_machine();
}

int main(void)
{
	const char *what = getenv("hmm_init");
	char **argv;

	if (!what || strcmp(what, "shell"))
		open_result_port();
	mount_on("proc", "/proc");
	mount_on("sysfs", "/sys");
	mount_on("debugfs", "/sys/kernel/debug");
	mount_on("tmpfs", "/tmp");
	mount_on("hugetlbfs", "/huge");
	if (!access("/sys/class/misc/kvm", F_OK))
		make_node("/dev/kvm", KVM);
	if (!access(MUTANTS, F_OK))
		try_mutants(what);
	load_test_hmm("/test_hmm.ko");
	make_dmirror_nodes();
	if (what && !strcmp(what, "shell")) {
		execl("/bin/busybox", "sh", NULL);
		fail("/bin/busybox");
	}

	argv = read_arguments("/arguments");
	forget_leaks();
	if (what)
		run_program(what, argv);
	else
		run_all_programs(argv, 0);
	unload_test_hmm();
	report_leaks();
	report_taint();
	say_end_of_console();
	give_up_console();
	printf("# end\n");
	end_machine();
}
